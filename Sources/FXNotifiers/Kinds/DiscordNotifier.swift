import FXCore

/// Tells in a Discord channel through a webhook
/// (https://discord.com/developers/docs/resources/webhook#execute-webhook), whose address is a
/// secret.
enum DiscordNotifier {
  static let kind = NotifierKind(name: "discord") { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0, body: body)
    }
  }

  /// Half of what Discord takes, because each character can become two: a title has 256, a
  /// description 4096, a field's value 1024, and all together 6000 (Discord's documentation, "Message
  /// Resource: Embed Limits").
  private static let maximumTitle = 120
  private static let maximumSummary = 500
  private static let maximumField = 150

  /// One embed with the figures as fields; nobody is mentioned, whatever a text says.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    return .object([
      .init("allowed_mentions", .object([.init("parse", .array([]))])),
      .init(
        "embeds",
        .array([
          .object([
            .init("title", .string(MarkdownText.inert(text.title.cut(to: maximumTitle)))),
            .init(
              "description", .string(MarkdownText.inert(text.summary.cut(to: maximumSummary)))),
            .init("color", .integer(colour(of: notification.severity))),
            .init("timestamp", .string(notification.timestamp.description)),
            .init(
              "fields",
              .array(
                text.facts.map { fact in
                  .object([
                    .init("name", .string(fact.name)),
                    .init(
                      "value", .string(MarkdownText.inert(fact.value.cut(to: maximumField)))),
                    .init("inline", .bool(true)),
                  ])
                })),
          ])
        ])),
    ])
  }

  /// The bar beside the embed, as 0xRRGGBB.
  private static func colour(of severity: Severity) -> Int {
    switch severity {
    case .critical: 0xC0_392B
    case .warning: 0xE6_7E22
    case .notice: 0x29_80B9
    case .info: 0x7F_8C8D
    }
  }
}
