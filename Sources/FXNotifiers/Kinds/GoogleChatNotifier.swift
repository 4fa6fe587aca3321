import FXCore

/// Posts events to a Google Chat space through a webhook, whose URL is a secret
/// (https://developers.google.com/workspace/chat/quickstart/webhooks).
///
/// The events of an alert are one thread.
enum GoogleChatNotifier {
  static let kind = NotifierKind(name: "googlechat", canGroup: true) { section, context in
    WebhookEndpoint(section, context: context, address: .secret).map { endpoint in
      ServiceWebhook(
        endpoint: endpoint,
        requests: { notification in
          var request = ServiceRequest.json(body(notification))
          request.query = [
            ("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"),
            // A request that is repeated under this id creates no second message.
            ("requestId", notification.id),
          ]
          return [request]
        })
    }
  }

  /// The longest text in UTF-16 code units; a message has at most 32 000 bytes with its cards
  /// (https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages), and an
  /// escaped character up to six.
  private static let maximumText = 300

  /// The most characters of the key of a thread.
  private static let maximumKey = 4000

  /// Returns one card with the rates; texts are escaped, because cards interpret some HTML.
  private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    let facts = text.factsWithEntries.map { fact in
      JSONValue.object([
        .init(
          "decoratedText", .texts([("topLabel", fact.name), ("text", shown(fact.value))]))
      ])
    }
    let summary = JSONValue.object([
      .init("textParagraph", .texts([("text", shown(text.summary))]))
    ])
    let card = JSONValue.object([
      .init("header", .texts([("title", "\(text.sign) " + text.title.cut(to: maximumText))])),
      .init(
        "sections",
        .array([
          .object([.init("widgets", .array((text.summary.isEmpty ? [] : [summary]) + facts))])
        ])),
    ])
    return .object([
      .init("fallbackText", .string(text.message.cut(to: maximumText))),
      .init(
        "cardsV2",
        .array([.object([.init("cardId", .string(notification.id)), .init("card", card)])])),
      .init(
        "thread",
        .texts([("threadKey", (notification["alert_id"] ?? notification.id).cut(to: maximumKey))])),
    ])
  }

  private static func shown(_ text: String) -> String {
    HTMLEscape.text(text.cut(to: maximumText))
  }
}
