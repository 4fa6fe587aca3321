/// Builds the `data` of the digests about deliveries: a disabled notifier, and expired events.
enum DeliveryPayload {
  /// The data of the `digest` that reports a disabled notifier.
  static func disabled(notifier: String, reason: String, waiting: Int) -> JSONValue {
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
    ])
  }

  /// The data of the `digest` of events that could not be delivered in time.
  ///
  /// `entries` is oldest first and not empty; it has at least the first `eventsPerDigest` of all.
  static func expired(
    _ entries: [OutboxEntry], count: Int, of notifier: PlannedNotifier
  ) -> JSONValue {
    let listed = entries.prefix(DeliveryLimits.eventsPerDigest)
    let events = count == 1 ? "1 event" : "\(count) events"
    let period = DurationText.text(notifier.deliverWithin)
    return .object([
      .init("version", .integer(Notification.version)),
      .init("notifier", .string(notifier.name)),
      .init("severity", .string(Severity.warning.rawValue)),
      .init(
        "summary",
        .string(
          "\(events) could not be delivered to '\(notifier.name)' within \(period);"
            + " listed here, and kept as dead letters")),
      .init("reason", .string("too late")),
      .init("since", .optional(entries.first?.opened.description)),
      .init("count", .integer(Int64(count))),
      .init("events", .array(listed.map(json))),
    ])
  }

  private static func json(_ entry: OutboxEntry) -> JSONValue {
    .object([
      .init("id", .string(entry.id)),
      .init("timestamp", .string(entry.opened.description)),
      .init("about", .string(entry.orderingKey)),
      .init("summary", .string(entry.summary)),
    ])
  }
}
