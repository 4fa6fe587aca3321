import FXCore

/// Tells in a Slack channel through an incoming webhook
/// (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks), whose address is a
/// secret.
enum SlackNotifier {
  static let kind = NotifierKind(name: "slack") { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0, body: body)
    }
  }

  /// What a header, a section's text and each of a section's ten fields hold, in characters
  /// (https://docs.slack.dev/reference/block-kit/blocks).
  private static let maximumHeader = 150
  private static let maximumText = 3000
  private static let maximumField = 2000
  private static let maximumFields = 10

  /// Plain text throughout, in which Slack looks for no mark-up and no mention; the line that phones
  /// show has no such mode, so there the three characters that begin one are escaped.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    let fields = text.facts.prefix(maximumFields).map { fact in
      plain("\(fact.name): \(fact.value)", maximumField)
    }
    var blocks = [
      JSONValue.object([
        .init("type", .string("header")), .init("text", plain(text.title, maximumHeader)),
      ])
    ]
    if !text.summary.isEmpty {
      blocks.append(
        .object([
          .init("type", .string("section")), .init("text", plain(text.summary, maximumText)),
        ]))
    }
    blocks.append(
      .object([.init("type", .string("section")), .init("fields", .array(fields))]))
    return .object([
      .init("text", .string(escaped(text.message))),
      .init("mrkdwn", .bool(false)),
      .init("blocks", .array(blocks)),
    ])
  }

  private static func plain(_ text: String, _ limit: Int) -> JSONValue {
    .object([
      .init("type", .string("plain_text")), .init("text", .string(text.cut(to: limit))),
      .init("emoji", .bool(false)),
    ])
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
