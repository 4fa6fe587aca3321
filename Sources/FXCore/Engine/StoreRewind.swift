/// The loss of the store's latest events: a backup was restored, or the end of the log was cut.
package struct StoreRewind: Hashable, Sendable {
  /// The sequence of the newest event that was ever stored.
  package let expected: Int64

  /// The sequence of the newest event that is still stored; 0 for none.
  package let found: Int64

  /// The time of that event; nil for none.
  package let since: Timestamp?

  /// A rewind from one event to another.
  package init(expected: Int64, found: Int64, since: Timestamp?) {
    self.expected = expected
    self.found = found
    self.since = since
  }

  /// The data of `store.rewound`.
  var data: JSONValue {
    let lost = expected - found
    return .object([
      .init("version", .integer(Notification.version)),
      .init("severity", .string(Severity.warning.rawValue)),
      .init(
        "summary",
        .string(
          "the database does not have the last \(lost == 1 ? "event" : "\(lost) events") any more,"
            + " because a backup was restored or its log was lost; events that are found again have"
            + " the same identifiers")),
      .init("lost", .integer(lost)),
      .init("latest_event", .integer(found)),
      .init("since", .optional(since?.description)),
    ])
  }
}
