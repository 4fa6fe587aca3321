/// The result of one attempt to deliver one event to one notifier.
package struct DeliveryResult: Hashable, Sendable {
  /// The new state of the delivery.
  package enum State: Hashable, Sendable {
    /// Delivered.
    case delivered
    /// Retried, not before `due`.
    case postponed(due: Timestamp)
    /// Repeated, not before `due`, because the receiver takes no more for now.
    case limited(due: Timestamp)
    /// Abandoned, and kept as a dead letter.
    case dead
  }

  package let sequence: Int64
  package let notifier: String

  /// The number of attempts that count, including this one unless the receiver limited it: so no
  /// delivery fails for good because a receiver takes its time.
  package let attempts: Int

  /// The end of the attempt.
  package let at: Timestamp

  package let state: State

  /// A detail for administrators: `HTTP 204 in 12 ms`, `HTTP 500`, `connection refused`.
  package let detail: String

  /// The number of the attempt; one that was limited is repeated under the same number.
  package var number: Int {
    if case .limited = state { attempts + 1 } else { attempts }
  }

  /// True if another attempt follows.
  var isRepeated: Bool {
    switch state {
    case .postponed, .limited: true
    case .delivered, .dead: false
    }
  }

  /// The result of an attempt.
  package init(
    sequence: Int64, notifier: String, attempts: Int, at: Timestamp, state: State, detail: String
  ) {
    self.sequence = sequence
    self.notifier = notifier
    self.attempts = attempts
    self.at = at
    self.state = state
    self.detail = detail
  }
}
