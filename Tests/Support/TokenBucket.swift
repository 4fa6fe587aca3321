package import FXCore

/// A receiver that takes deliveries at a limited rate, like Slack: some at once, then one in each
/// interval.
package final class TokenBucket: Sendable {
  private let burst: Int64
  private let interval: Int64

  /// The time at which the bucket is full again, in milliseconds.
  private let full = Locked(Int64.min)

  /// A full bucket.
  package init(burst: Int, interval: Duration) {
    self.burst = Int64(burst)
    self.interval = interval.components.seconds * 1000
  }

  /// Returns true if a delivery is taken at an instant.
  package func takes(at now: Timestamp) -> Bool {
    full.withLock { full in
      let next = max(full, now.milliseconds) + interval
      guard next - now.milliseconds <= burst * interval else { return false }
      full = next
      return true
    }
  }
}
