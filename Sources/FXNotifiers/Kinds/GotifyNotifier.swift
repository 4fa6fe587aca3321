import FXCore

/// Sends events to phones through a Gotify server (https://gotify.net/docs/pushmsg).
enum GotifyNotifier {
  static let kind = NotifierKind(name: "gotify") { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let token = context.requiredSecret(
      "token", of: section, because: "write {credential: NAME} of the application's token")
    guard let endpoint, let token else { return nil }
    if let problem = WebhookHeaderRules.problem(inValue: token.reveal()) {
      section.problem("token", problem)
      return nil
    }
    return ServiceWebhook(
      endpoint: endpoint.appending(path: "/message").adding(
        secretHeader: "x-gotify-key", token.reveal()), body: body)
  }

  /// The longest text in UTF-16 code units; Gotify has no limit of its own.
  private static let maximumText = 4000

  @Sendable private static func body(_ notification: Notification) -> JSONValue {
    let text = NotificationText(notification: notification)
    return .object([
      .init("title", .string("\(text.sign) " + text.title.cut(to: maximumText))),
      .init(
        "message", .string(text.lines.dropFirst().joined(separator: "\n").cut(to: maximumText))),
      .init("priority", .integer(priority(of: notification.severity))),
      .init(
        "extras",
        .object([.init("client::display", .texts([("contentType", "text/plain")]))])),
    ])
  }

  /// Returns the priority; Gotify's app makes a sound from 4 and vibrates from 8
  /// (https://github.com/gotify/android#message-priorities).
  private static func priority(of severity: Severity) -> Int {
    switch severity {
    case .critical: 10
    case .warning: 7
    case .notice: 4
    case .info: 1
    }
  }
}
