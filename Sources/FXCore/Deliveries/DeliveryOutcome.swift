/// How one attempt to deliver ended.
package enum DeliveryOutcome: Hashable, Sendable {
  /// The receiver took it; `detail` is what an administrator may read (`HTTP 204 in 12 ms`).
  case delivered(detail: String)
  /// Not this time. `after` is what the receiver asked for (`Retry-After`); `slowDown` is true after
  /// a 429 or a timeout.
  case retry(because: String, after: Duration? = nil, slowDown: Bool = false)
  /// Never: the notification cannot be delivered as it is.
  case refused(because: String)
  /// The endpoint said it no longer exists (410).
  case gone
}
