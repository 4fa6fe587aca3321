package import FXCore

/// The time that the ages of stored events are measured by.
///
/// It is the wall clock's, but from one round of deletions to the next it advances at most by the time
/// that passed meanwhile and one day: a clock that is set forward deletes nothing at once. It never goes
/// back, and catches up after the daemon was off.
package enum RetentionTime {
  /// The time it may gain on the monotonic clock in a round.
  private static let gain: Duration = .seconds(86_400)

  /// Returns the time of a round: `last` is that of the round before, `passed` what the monotonic clock
  /// has measured since.
  package static func next(
    after last: Timestamp?, now: Timestamp, passed: Duration
  ) -> Timestamp {
    guard let last else { return now }
    return max(last, min(now, last + passed + gain))
  }
}
