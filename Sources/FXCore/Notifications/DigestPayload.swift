/// The content of a digest: one notification for several events that are not sent separately.
struct DigestPayload {
  /// The largest number of entries in one digest, so that it fits a mail or a chat message; `events`
  /// counts all.
  static let maximumEntries = 100

  /// The reason for which events are sent in a digest.
  enum Reason: String {
    /// They were held during quiet hours.
    case quietHours = "quiet hours"
    /// They could not be delivered within the notifier's `deliver_within`.
    case tooLate = "too late"
  }

  /// One alert, or one event that belongs to none.
  struct Entry {
    /// The identifier of its last event.
    let id: String
    /// The time of its first event.
    let timestamp: Timestamp
    /// The ordering key of its events: its series, source or notifier.
    let subject: String
    let severity: Severity
    let summary: String
    /// Its last event; nil where only the above is in memory.
    var event: Notification?
    /// True if the alert still fires; nil where it has no duration or that is unknown.
    var stillHolds: Bool?

    fileprivate var json: JSONValue {
      .object([
        .init("id", .string(id)),
        .init("type", .optional(event?.type.rawValue)),
        .init("timestamp", .string(timestamp.description)),
        .init("about", .string(subject)),
        .init("alert_id", .optional(event?["alert_id"])),
        .init("rule", .optional(event?["rule"])),
        .init("source", .optional(event?["source"])),
        .init("pair", .optional(event?["pair"])),
        .init("severity", .string(severity.rawValue)),
        .init("summary", .string(summary)),
        .init("still_holds", stillHolds.map { .bool($0) } ?? .null),
      ])
    }
  }

  let reason: Reason

  /// The notifier that receives it; nil if several can.
  var notifier: String?

  /// A sentence for people.
  let summary: String

  /// The time of the first event.
  let since: Timestamp?

  /// The number of events, of which `entries` may have only the first.
  let count: Int

  let entries: [Entry]

  /// The notification's `data`.
  var data: JSONValue {
    .object([
      .init("version", .integer(Notification.version)),
      .init("notifier", .optional(notifier)),
      .init("severity", .string((entries.map(\.severity).max() ?? .notice).rawValue)),
      .init("summary", .string(summary)),
      .init("reason", .string(reason.rawValue)),
      .init("since", .optional(since?.description)),
      .init("events", .integer(count)),
      .init("entries", .array(entries.prefix(Self.maximumEntries).map(\.json))),
    ])
  }
}
