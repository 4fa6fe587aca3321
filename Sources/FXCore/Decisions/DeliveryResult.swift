/// The result of one attempt to deliver one event to one notifier.
package struct DeliveryResult: Hashable, Sendable {
  /// The new state of the delivery.
  package enum State: Hashable, Sendable {
    /// Delivered.
    case delivered
    /// Retried, not before `due`.
    case postponed(due: Timestamp)
    /// Abandoned, and kept as a dead letter.
    case dead
  }

  package let sequence: Int64
  package let notifier: String

  /// The number of attempts, including this one.
  package let attempts: Int

  /// The end of the attempt.
  package let at: Timestamp

  package let state: State

  /// A detail for administrators: `HTTP 204 in 12 ms`, `HTTP 500`, `connection refused`.
  package let detail: String

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
