import FXCore

/// Posts events to a Discord channel through a webhook, whose URL is a secret
/// (https://discord.com/developers/docs/resources/webhook#execute-webhook).
enum DiscordNotifier {
  static let kind = NotifierKind(name: "discord", canGroup: true) { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0, body: body)
    }
  }

  /// At most half of Discord's limits, because escaping can double each character: a title has 256,
  /// a description 4096, a field's value 1024, all together 6000 (Discord's documentation, "Message
  /// Resource: Embed Limits").
  private static let maximumTitle = 120
  private static let maximumSummary = 500
  private static let maximumField = 150

  /// Returns one embed with the rates as fields; mentions in texts have no effect.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    return .object([
      .init("allowed_mentions", .object([.init("parse", .array([]))])),
      .init(
        "embeds",
        .array([
          .object([
            .init("title", .string(MarkdownText.escaped(text.title.cut(to: maximumTitle)))),
            .init(
              "description", .string(MarkdownText.escaped(text.summary.cut(to: maximumSummary)))),
            .init("color", .integer(notification.severity.color)),
            .init("timestamp", .string(notification.timestamp.description)),
            .init(
              "fields",
              .array(
                text.factsWithEntries.map { fact in
                  .object([
                    .init("name", .string(fact.name)),
                    .init(
                      "value", .string(MarkdownText.escaped(fact.value.cut(to: maximumField)))),
                    .init("inline", .bool(true)),
                  ])
                })),
          ])
        ])),
    ])
  }
}
