import FXCore

/// Sends events to PagerDuty's Events API v2, which opens and closes incidents by the alert's
/// identifier (https://developer.pagerduty.com/docs/send-alert-event).
enum PagerDutyNotifier {
  static let kind = NotifierKind(name: "pagerduty") { section, context in
    let endpoint = WebhookEndpoint(
      section, context: context, address: .known("https://events.pagerduty.com/v2/enqueue"))
    let key = context.requiredSecret(
      "routing_key", of: section,
      because: "write {credential: NAME} of the integration's routing key")
    guard let endpoint, let key else { return nil }
    return ServiceWebhook(endpoint: endpoint.sending(key)) { body($0, key: key) }
  }

  /// PagerDuty's limits of a summary and of a key, in characters (its developer documentation, "Send
  /// an Alert Event").
  private static let maximumSummary = 1024
  private static let maximumKey = 255

  private static func body(_ notification: Notification, key: Secret) -> JSONValue {
    let text = NotificationText(notification: notification)
    let isOver = [.alertResolved, .sourceRecovered].contains(notification.type)
    return .object([
      .init("routing_key", .string(key.reveal())),
      .init("event_action", .string(isOver ? "resolve" : "trigger")),
      .init("dedup_key", .string(subject(of: notification).cut(to: maximumKey))),
      .init("client", .string("fxwatch")),
      .init(
        "payload",
        .object([
          .init("summary", .string(text.message.cut(to: maximumSummary))),
          .init("source", .string(notification["source"] ?? "fxwatch")),
          .init("severity", .string(severity(of: notification.severity))),
          .init("timestamp", .string(notification.timestamp.description)),
          .init("component", .optional(notification["pair"])),
          .init("group", .optional(notification["rule"])),
          .init("class", .string(notification.type.rawValue)),
          .init("custom_details", notification.data),
        ])),
    ])
  }

  /// Returns the key of the incident that an event opens or closes: the alert or the source.
  private static func subject(of notification: Notification) -> String {
    if let alert = notification["alert_id"] { return alert }
    switch notification.type {
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceLate:
      return "fxwatch source \(notification["source"] ?? "")"
    default: return notification.id
    }
  }

  private static func severity(of severity: Severity) -> String {
    switch severity {
    case .critical: "critical"
    case .warning: "warning"
    case .notice, .info: "info"
    }
  }
}
