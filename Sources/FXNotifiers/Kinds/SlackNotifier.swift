import FXCore

/// Posts events to a Slack channel through an incoming webhook, whose URL is a secret
/// (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
enum SlackNotifier {
  static let kind = NotifierKind(name: "slack", canGroup: true) { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map {
      ServiceWebhook(endpoint: $0.expecting(.slack), body: body)
    }
  }

  /// Slack's limits of a header, a section's text and each of a section's ten fields, in characters
  /// (https://docs.slack.dev/reference/block-kit/blocks).
  private static let maximumHeader = 150
  private static let maximumText = 3000
  private static let maximumField = 2000
  private static let maximumFields = 10

  /// Returns blocks in plain text, in which Slack interprets neither markup nor mentions.
  ///
  /// The line shown in push notifications has no such mode, so the three characters that can start
  /// markup are escaped there.
  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    let fields = text.factsWithEntries.prefix(maximumFields).map { fact in
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
