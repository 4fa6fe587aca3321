/// An open delivery: one notification that one notifier has yet to deliver.
///
/// The text of the notification stays in the store.
package struct OutboxEntry: Hashable, Sendable {
  /// The prefix of the ordering keys of digests of expired events: each digest has a key of its own,
  /// so that none waits for the next attempt of another.
  package static let digestKey = "too late"

  /// The number of the event.
  package let sequence: Int64

  /// The identifier of the event.
  package let id: String

  /// The name of the notifier.
  package let notifier: String

  /// Entries of one key are delivered in order.
  package let orderingKey: String

  /// The time at which it entered the outbox: with its event, or when its dead letter was replayed;
  /// it moves with a wall clock that is set.
  package private(set) var opened: Timestamp

  /// The number of attempts since.
  package var attempts: Int

  /// The earliest time of the next attempt.
  package var due: Timestamp

  /// The severity of the event: of several ordering keys the most severe entry is delivered first.
  package let severity: Severity

  /// The summary of the event, for a digest.
  package let summary: String

  /// An open delivery.
  package init(
    sequence: Int64, id: String, notifier: String, orderingKey: String, opened: Timestamp,
    attempts: Int, due: Timestamp, severity: Severity = .notice, summary: String
  ) {
    self.sequence = sequence
    self.id = id
    self.notifier = notifier
    self.orderingKey = orderingKey
    self.opened = opened
    self.attempts = attempts
    self.due = due
    self.severity = severity
    self.summary = summary
  }

  /// True for a digest of expired events, which does not expire itself.
  package var isDigest: Bool { orderingKey.hasPrefix(Self.digestKey) }

  /// True if it has expired, as those have that entered the outbox until an instant.
  func isExpired(_ openedUntil: Timestamp) -> Bool { opened <= openedUntil && !isDigest }

  /// Moves its times with the wall clock.
  package mutating func shift(by step: Duration) {
    opened = opened + step
    due = due + step
  }

  /// Identifies the entries that are delivered together by a notifier that batches: they entered the
  /// outbox together, and every attempt since was made together.
  ///
  /// So a batch that is retried contains the same entries, and keeps its identifier.
  package struct Batch: Hashable, Sendable {
    private let opened: Timestamp
    private let attempts: Int
    private let due: Timestamp

    fileprivate init(_ entry: OutboxEntry) {
      opened = entry.opened
      attempts = entry.attempts
      due = entry.due
    }
  }

  /// The batch of the entry, for notifiers that batch.
  package var batch: Batch { Batch(self) }
}
