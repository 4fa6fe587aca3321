/// Builds the `data` of the `digest` that tells what came too late to be told by itself.
enum DigestPayload {
  /// `late` is oldest first and not empty; `after` is how old an event of this notifier may be.
  static func tooLate(
    _ late: [OutboxEntry], notifier: String, after: Duration, identifier: (Int64) -> String
  ) -> JSONValue {
    let listed = late.prefix(EngineLimits.eventsPerDigest)
    let events = late.count == 1 ? "1 event" : "\(late.count) events"
    return .object([
      .init("version", .integer(AlertPayload.version)),
      .init("notifier", .string(notifier)),
      .init("severity", .string(Severity.warning.rawValue)),
      .init(
        "summary",
        .string(
          "\(events) could not be delivered to '\(notifier)' within \(DurationText.text(after));"
            + " told here together, and kept as dead letters")),
      .init("reason", .string("too late")),
      .init("since", .optional(late.first?.opened.description)),
      .init("count", .integer(Int64(late.count))),
      .init(
        "events",
        .array(
          listed.map { entry in
            .object([
              .init("id", .string(identifier(entry.sequence))),
              .init("timestamp", .string(entry.opened.description)),
              .init("about", .string(entry.lane)),
              .init("summary", .string(entry.summary)),
            ])
          })),
    ])
  }
}
