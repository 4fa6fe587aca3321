/// The result of one attempt to deliver.
package enum DeliveryOutcome: Hashable, Sendable {
  /// Success; `detail` is for administrators (`HTTP 204 in 12 ms`).
  case delivered(detail: String)
  /// A failure that may be temporary.
  ///
  /// `after` is the wait requested by the receiver (`Retry-After`); `slowDown` is true after a timeout.
  case retry(because: String, after: Duration? = nil, slowDown: Bool = false)
  /// The receiver works, but takes no more for now (429); `after` is the wait it requested.
  case limited(because: String, after: Duration? = nil)
  /// A permanent failure of this notification.
  case refused(because: String)
  /// The endpoint no longer exists (410).
  case gone
}
