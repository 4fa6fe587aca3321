/// A notification on its way into the outbox, with everyone it is for.
package struct OutboxEvent: Hashable, Sendable {
  /// The event's place in the order of all events, from 1; its identifier is made from it.
  package let sequence: Int64

  package let notification: Notification

  /// The sentence for people in its data.
  package let summary: String

  /// What must arrive in order: the events of one series, or of one source.
  package let lane: String

  /// The names of the notifiers it goes to.
  package let recipients: [String]

  /// One event and its recipients; its data is read for the summary where that is not given.
  package init(
    sequence: Int64, notification: Notification, summary: String? = nil, lane: String,
    recipients: [String]
  ) {
    self.sequence = sequence
    self.notification = notification
    self.summary = summary ?? notification["summary"] ?? ""
    self.lane = lane
    self.recipients = recipients
  }
}

/// One notification that one notifier has yet to deliver.
///
/// Its text stays in the store.
package struct OutboxEntry: Hashable, Sendable {
  /// Which event.
  package let sequence: Int64

  /// Whose delivery.
  package let notifier: String

  /// What must arrive in order.
  package let lane: String

  /// When it was put in the outbox: with its event, or when its dead letter was put back.
  package let opened: Timestamp

  /// Attempts made since.
  package var attempts: Int

  /// Not before this instant.
  package var due: Timestamp

  /// The event's summary, for a digest.
  package let summary: String

  /// One delivery that is open.
  package init(
    sequence: Int64, notifier: String, lane: String, opened: Timestamp, attempts: Int,
    due: Timestamp, summary: String
  ) {
    self.sequence = sequence
    self.notifier = notifier
    self.lane = lane
    self.opened = opened
    self.attempts = attempts
    self.due = due
    self.summary = summary
  }
}

extension OutboxEntry {
  /// What entries have in common that travel together where a notifier batches: they were put in the
  /// outbox together, and every attempt since was made together.
  ///
  /// So a shipment that is tried again holds what it held, and has the identifier it had.
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

  /// What it travels with where its notifier batches.
  package var batch: Batch { Batch(self) }
}

/// How one attempt to deliver one event to one notifier is written down.
package struct Settlement: Hashable, Sendable {
  /// What becomes of the delivery.
  package enum Result: Hashable, Sendable {
    /// It arrived.
    case delivered
    /// It is tried again, not before `due`.
    case postponed(due: Timestamp)
    /// It is given up, and kept as a dead letter.
    case dead
  }

  package let sequence: Int64
  package let notifier: String

  /// Attempts made, this one included.
  package let attempts: Int

  /// When this attempt ended.
  package let at: Timestamp

  package let result: Result

  /// What an administrator may read: `HTTP 204 in 12 ms`, `HTTP 500`, `connection refused`.
  package let detail: String

  /// How an attempt ended.
  package init(
    sequence: Int64, notifier: String, attempts: Int, at: Timestamp, result: Result, detail: String
  ) {
    self.sequence = sequence
    self.notifier = notifier
    self.attempts = attempts
    self.at = at
    self.result = result
    self.detail = detail
  }
}
