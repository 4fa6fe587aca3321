/// Builds the `data` of the notifications about deliveries: a disabled notifier, and expired events.
enum DeliveryPayload {
  /// The data of `notifier.disabled`.
  ///
  /// `waiting` is the number of deliveries that became dead letters, `failingSince` the time since which
  /// no delivery succeeded.
  static func disabled(
    notifier: String, reason: String, waiting: Int, failingSince: Timestamp?
  ) -> JSONValue {
    .object([
      .init("version", .integer(Notification.version)),
      .init("notifier", .string(notifier)),
      .init("severity", .string(Severity.critical.rawValue)),
      .init(
        "summary",
        .string(
          "notifier '\(notifier)' is disabled: \(reason); \(waiting) of its events are kept as dead"
            + " letters; correct its settings and reload, or replay them with"
            + " 'fxwatch deliveries replay' once it works again")),
      .init("reason", .string(reason)),
      .init("failing_since", .optional(failingSince?.description)),
      .init("waiting", .integer(waiting)),
    ])
  }

  /// The data of the `digest` of events that could not be delivered in time.
  ///
  /// `entries` is oldest first and not empty; it has at least the first `eventsPerDigest` of all.
  static func expired(
    _ entries: [OutboxEntry], count: Int, of notifier: PlannedNotifier
  ) -> JSONValue {
    let events = count == 1 ? "1 event" : "\(count) events"
    let period = DurationText.text(notifier.deliverWithin)
    return DigestPayload(
      reason: .tooLate, notifier: notifier.name,
      summary: "\(events) could not be delivered to '\(notifier.name)' within \(period);"
        + " listed here, and kept as dead letters",
      since: entries.first?.opened, count: count,
      entries: entries.prefix(DeliveryLimits.eventsPerDigest).map { entry in
        DigestPayload.Entry(
          id: entry.id, timestamp: entry.opened, subject: entry.orderingKey,
          severity: entry.severity, summary: entry.summary)
      }
    ).data
  }
}
