import FXCore

/// Tells in a Microsoft Teams channel through a workflow that posts what a webhook gets
/// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors), whose address is a
/// secret.
///
/// Such workflows take adaptive cards only.
enum TeamsNotifier {
  static let kind = NotifierKind(name: "teams") { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0, body: body)
    }
  }

  /// A whole message is at most about 28 KB (Microsoft Learn, "Create Incoming Webhooks" and the
  /// connector reference "Microsoft Teams"), counted in UTF-16 as for bots ("Format your bot
  /// messages"); nobody reads more than this of one text.
  private static let maximumText = 500

  /// One adaptive card (https://adaptivecards.io/explorer): a title, the summary, the figures.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    let facts = text.facts.map { fact in
      JSONValue.texts([("title", fact.name), ("value", inert(fact.value))])
    }
    let card = JSONValue.object([
      .init("$schema", .string("http://adaptivecards.io/schemas/adaptive-card.json")),
      .init("type", .string("AdaptiveCard")),
      .init("version", .string("1.4")),
      .init(
        "body",
        .array([
          .object([
            .init("type", .string("TextBlock")), .init("text", .string(inert(text.title))),
            .init("weight", .string("Bolder")), .init("size", .string("Medium")),
            .init("color", .string(colour(of: notification))), .init("wrap", .bool(true)),
          ]),
          .object([
            .init("type", .string("TextBlock")), .init("text", .string(inert(text.summary))),
            .init("wrap", .bool(true)),
          ]),
          .object([.init("type", .string("FactSet")), .init("facts", .array(facts))]),
        ])),
    ])
    return .object([
      .init("type", .string("message")),
      .init(
        "attachments",
        .array([
          .object([
            .init("contentType", .string("application/vnd.microsoft.card.adaptive")),
            .init("contentUrl", .null),
            .init("content", card),
          ])
        ])),
    ])
  }

  private static func inert(_ text: String) -> String {
    MarkdownText.inert(text.cut(to: maximumText))
  }

  private static func colour(of notification: Notification) -> String {
    switch (notification.type, notification.severity) {
    case (.alertResolved, _), (.sourceRecovered, _): "Good"
    case (_, .critical): "Attention"
    case (_, .warning): "Warning"
    case (_, .notice), (_, .info): "Accent"
    }
  }
}
