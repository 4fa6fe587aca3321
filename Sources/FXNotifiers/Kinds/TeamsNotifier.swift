import FXCore

/// Posts events to a Microsoft Teams channel through a workflow's webhook, whose URL is a secret
/// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors).
///
/// Such workflows accept adaptive cards only.
enum TeamsNotifier {
  static let kind = NotifierKind(name: "teams", canGroup: true) { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0.expecting(.teams), body: body)
    }
  }

  /// The longest text in UTF-16 code units, well below the limit of a message.
  ///
  /// A message has at most about 28 KB (Microsoft Learn, "Create Incoming Webhooks" and the connector
  /// reference "Microsoft Teams"), counted in UTF-16 as for bots ("Format your bot messages").
  private static let maximumText = 500

  /// Returns one adaptive card (https://adaptivecards.io/explorer): title, summary and rates.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    let facts = text.factsWithEntries.map { fact in
      JSONValue.texts([("title", fact.name), ("value", escaped(fact.value))])
    }
    let card = JSONValue.object([
      .init("$schema", .string("http://adaptivecards.io/schemas/adaptive-card.json")),
      .init("type", .string("AdaptiveCard")),
      .init("version", .string("1.4")),
      .init(
        "body",
        .array([
          .object([
            .init("type", .string("TextBlock")), .init("text", .string(escaped(text.title))),
            .init("weight", .string("Bolder")), .init("size", .string("Medium")),
            .init("color", .string(colour(of: notification))), .init("wrap", .bool(true)),
          ]),
          .object([
            .init("type", .string("TextBlock")), .init("text", .string(escaped(text.summary))),
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

  private static func escaped(_ text: String) -> String {
    MarkdownText.escaped(text.cut(to: maximumText))
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
