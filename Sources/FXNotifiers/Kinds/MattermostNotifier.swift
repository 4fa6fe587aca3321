import FXCore

/// Posts events to a Mattermost channel through an incoming webhook, whose URL is a secret
/// (https://developers.mattermost.com/integrate/webhooks/incoming).
enum MattermostNotifier {
  static let kind = NotifierKind(name: "mattermost", canGroup: true) { section, context in
    let channel = section.string("channel")
    return WebhookEndpoint(section, context: context, address: .secret).map { endpoint in
      ServiceWebhook(endpoint: endpoint) { body($0, channel: channel) }
    }
  }

  /// The longest texts in UTF-16 code units; a post has at most 16 383 characters (Mattermost's
  /// documentation, "Incoming webhooks").
  private static let maximumText = 1500
  private static let maximumField = 400

  /// Returns one attachment with the rates as fields
  /// (https://developers.mattermost.com/integrate/reference/message-attachments).
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
      .init("fallback", .string(text.message.cut(to: maximumText))),
      .init("color", .string(notification.severity.hexColor)),
      .init("title", .string("\(text.sign) " + shown(text.title))),
      .init("text", .string(shown(text.summary))),
      .init("fields", .array(fields)),
    ])
    return .object(
      (channel.map { [.init("channel", .string($0))] } ?? [])
        + [.init("attachments", .array([attachment]))])
  }

  private static func shown(_ text: String) -> String {
    MarkdownText.unmentioned(text.cut(to: maximumText))
  }
}
