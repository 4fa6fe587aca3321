import FXCore

/// Publishes events to phones through ntfy, on the public server or a self-hosted one
/// (https://docs.ntfy.sh/publish/#publish-as-json).
enum NtfyNotifier {
  static let kind = NotifierKind(name: "ntfy") { section, context in
    let endpoint = WebhookEndpoint(section, context: context, address: .known("https://ntfy.sh"))
    let topic = topic(section, context)
    let token = section.secret("token").map { context.secret($0, for: "token", of: section) }
    guard let endpoint, let topic, token != .some(nil) else { return nil }
    var ready = endpoint.appending(path: "/")
    if let token = token?.map({ $0.reveal() }) {
      if let problem = WebhookHeaderRules.problem(inValue: token) {
        section.problem("token", problem)
      }
      ready = ready.adding(secretHeader: "authorization", "Bearer \(token)")
    }
    return ServiceWebhook(endpoint: ready.sending(topic)) { body($0, topic: topic) }
  }

  /// The longest text in UTF-16 code units, each up to three bytes.
  ///
  /// A message of more than 4096 bytes becomes an attachment (ntfy's documentation, "Publishing:
  /// Limitations").
  private static let maximumText = 1300

  /// Reads the topic as text or as a secret: knowing a topic is enough to read it and to publish.
  private static func topic(_ section: SettingsSection, _ context: NotifierContext) -> Secret? {
    let topic: Secret?
    if case .map? = section.node("topic")?.value {
      topic = section.secret("topic").flatMap { context.secret($0, for: "topic", of: section) }
    } else {
      topic = section.requiredString("topic", because: "write the topic to publish to")
        .map(Secret.init)
    }
    guard let topic else { return nil }
    let isTopic =
      (1...64).contains(topic.reveal().utf8.count)
      && topic.reveal().allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
      }
    if !isTopic {
      section.problem(
        "topic", "invalid topic; use at most 64 letters, digits, '-' and '_'")
    }
    return topic
  }

  /// Returns a message in plain text, which ntfy does not interpret.
  private static func body(_ notification: Notification, topic: Secret) -> JSONValue {
    let text = NotificationText(notification: notification)
    let page = notification["links", "alert"].map { [JSONValue.Member("click", .string($0))] }
    let action = notification["links", "acknowledge"].map { url in
      [
        JSONValue.Member(
          "actions",
          .array([
            .object([
              .init("action", .string("view")), .init("label", .string("Acknowledge")),
              .init("url", .string(url)),
            ])
          ]))
      ]
    }
    let members: [JSONValue.Member] = [
      .init("topic", .string(topic.reveal())),
      .init("title", .string(text.title.cut(to: maximumText / 10))),
      .init("message", .string(text.message.cut(to: maximumText))),
      .init("tags", .array([.string(tag(of: notification)), .string(notification.type.rawValue)])),
      .init("priority", .integer(priority(of: notification.severity))),
    ]
    return .object(members + (page ?? []) + (action ?? []))
  }

  /// Returns a tag that ntfy shows as an emoji (https://docs.ntfy.sh/emojis).
  private static func tag(of notification: Notification) -> String {
    switch (notification.type, notification.severity) {
    case (.alertResolved, _), (.sourceRecovered, _): "white_check_mark"
    case (_, .critical): "rotating_light"
    case (_, .warning): "warning"
    case (_, .notice), (_, .info): "information_source"
    }
  }

  /// Returns the priority from 1 (lowest) to 5 (https://docs.ntfy.sh/publish/#message-priority).
  private static func priority(of severity: Severity) -> Int {
    switch severity {
    case .critical: 5
    case .warning: 4
    case .notice: 3
    case .info: 2
    }
  }
}
