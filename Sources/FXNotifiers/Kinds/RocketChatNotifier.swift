import FXCore

/// Posts events to a Rocket.Chat channel through an incoming webhook, whose URL is a secret
/// (https://docs.rocket.chat/docs/integrations).
enum RocketChatNotifier {
  static let kind = NotifierKind(name: "rocketchat", canGroup: true) { section, context in
    let channel = section.string("channel")
    return WebhookEndpoint(section, context: context, address: .secret).map { endpoint in
      ServiceWebhook(endpoint: endpoint) { body($0, channel: channel) }
    }
  }

  /// The longest texts in UTF-16 code units; a message has at most 5000 characters unless its server
  /// allows more (`Message_MaxAllowedSize`).
  private static let maximumText = 1000
  private static let maximumField = 150

  /// Returns a text and one attachment with the rates as fields.
  private static func body(_ notification: Notification, channel: String?) -> JSONValue {
    let text = NotificationText(notification: notification)
    let fields = text.factsWithEntries.map { fact in
      JSONValue.object([
        .init("title", .string(fact.name)),
        .init("value", .string(MarkdownText.unmentioned(fact.value.cut(to: maximumField)))),
        .init("short", .bool(true)),
      ])
    }
    let attachment = JSONValue.object([
      .init("color", .string(notification.severity.hexColor)),
      .init("text", .string(MarkdownText.unmentioned(text.summary.cut(to: maximumText)))),
      .init("ts", .string(notification.timestamp.description)),
      .init("fields", .array(fields)),
    ])
    let title = MarkdownText.unmentioned(text.title.cut(to: maximumText))
    return .object(
      (channel.map { [.init("channel", .string($0))] } ?? []) + [
        .init("text", .string("\(text.sign) \(title)")),
        .init("attachments", .array([attachment])),
      ])
  }
}
