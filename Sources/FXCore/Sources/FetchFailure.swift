/// The failure of a fetch.
package struct FetchFailure {
  /// A sentence without a full stop.
  let reason: String

  /// True if no server was reached.
  let isUnreachable: Bool

  /// The time after which the server asks to be polled again.
  let retryAfter: Duration?

  /// A failure; by default a server answered, and asked for no delay.
  package init(reason: String, isUnreachable: Bool = false, retryAfter: Duration? = nil) {
    self.reason = reason
    self.isUnreachable = isUnreachable
    self.retryAfter = retryAfter
  }
}
