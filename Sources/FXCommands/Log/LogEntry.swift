import FXCore

/// One event in the log of alerts, with its deliveries.
struct LogEntry {
  let at: Timestamp

  /// The event; nil for an alert of which nothing was sent.
  let event: Notification?

  /// The record of an alert of which nothing was sent; nil for an event.
  let unsent: AlertRecord?

  /// The deliveries of the event, by notifier.
  let deliveries: [DeliveryRecord]

  /// An event.
  init(_ event: Notification, _ deliveries: [DeliveryRecord]) {
    at = event.timestamp
    self.event = event
    unsent = nil
    self.deliveries = deliveries
  }

  /// An alert of which nothing was sent.
  init(unsent alert: AlertRecord) {
    at = alert.firedAt
    event = nil
    unsent = alert
    deliveries = []
  }

  /// Returns true if an event is one of those that are asked for.
  func isWanted(_ options: LogOptions, alert: String?) -> Bool {
    options.since.map { at >= $0 } ?? true
      && (alert == nil || alert == alertID)
      && options.matches(
        rule: text("rule"), source: text("source"),
        pair: text("pair").flatMap { CurrencyPair($0) })
  }

  var type: String { event?.type.rawValue ?? NotificationType.alertFiring.rawValue }

  var severity: String { (event?.severity ?? unsent?.severity ?? .info).rawValue }

  var alertID: String? { unsent?.id ?? event?["alert_id"] }

  /// Returns a field of the payload's data.
  func text(_ name: String) -> String? { event?[name] ?? unsent?.data.value[name]?.text }

  /// The rule and the series, or the source or notifier.
  var subject: String {
    let parts = [text("rule"), text("pair"), text("source").map { "at \($0)" }].compactMap(\.self)
    return parts.isEmpty ? text("notifier") ?? "" : parts.joined(separator: " ")
  }

  /// A sentence with what was sent to whom.
  var sent: String {
    guard !deliveries.isEmpty else {
      if let silence = text("silence") { return "not sent: muted by silence \(silence)" }
      return "not sent"
    }
    return deliveries.map { delivery in
      switch delivery.state {
      case .delivered: "\(delivery.notifier) delivered"
      case .dead: "\(delivery.notifier) failed: \(delivery.lastAttempt?.detail ?? "dropped")"
      case .open:
        delivery.lastAttempt.map { "\(delivery.notifier) waits after \($0.detail)" }
          ?? "\(delivery.notifier) waits"
      }
    }.joined(separator: "; ")
  }

  /// The entry in JSON.
  var json: JSONValue {
    .object([
      .init("at", .string(at.description)), .init("type", .string(type)),
      .init("severity", .string(severity)), .init("event_id", .optional(event?.id)),
      .init("alert_id", .optional(alertID)), .init("rule", .optional(text("rule"))),
      .init("source", .optional(text("source"))), .init("pair", .optional(text("pair"))),
      .init("summary", .optional(text("summary"))),
      .init("silence", .optional(event == nil ? text("silence") : nil)),
      .init(
        "deliveries",
        .array(
          deliveries.map { delivery in
            .object([
              .init("notifier", .string(delivery.notifier)),
              .init("state", .string(delivery.state.rawValue)),
              .init("attempts", .integer(delivery.attempts)),
              .init("at", .optional(delivery.lastAttempt?.at.description)),
              .init("detail", .optional(delivery.lastAttempt?.detail)),
            ])
          })),
    ])
  }
}
