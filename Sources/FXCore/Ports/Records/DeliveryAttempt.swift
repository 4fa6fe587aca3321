/// One attempt to deliver an event, with its result.
package struct DeliveryAttempt: Hashable, Sendable {
  /// The result of an attempt.
  package enum Result: String, Hashable, Sendable {
    case delivered
    /// Failed, and to be retried.
    case postponed
    /// Failed for good.
    case dead
  }

  /// 1 for the first since the delivery was opened.
  package let number: Int

  /// The time the attempt ended.
  package let at: Timestamp

  package let result: Result

  /// A text for administrators: `HTTP 500`, `connection refused`.
  package let detail: String

  /// Creates the record of an attempt.
  package init(number: Int, at: Timestamp, result: Result, detail: String) {
    self.number = number
    self.at = at
    self.result = result
    self.detail = detail
  }
}
