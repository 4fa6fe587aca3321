package import FXCore

/// The time that the ages of stored events are measured by.
///
/// It is the wall clock's, but from one round of deletions to the next it advances at most by the time
/// that passed meanwhile and one day: a clock that is set forward deletes nothing at once. It is never
/// after the clock, so that one that was wrong for a while makes nothing older. It catches up after
/// the daemon was off, and after a machine without a battery for its clock began in 1970.
package enum RetentionTime {
  /// The time it may gain on the monotonic clock in a round.
  private static let gain: Duration = .seconds(86_400)

  /// A time before which nothing was stored: 2026-01-01.
  private static let beginning = Timestamp(seconds: 1_767_225_600)

  /// Returns the time of a round: `last` is that of the round before, `passed` what the monotonic clock
  /// has measured since.
  package static func next(
    after last: Timestamp?, now: Timestamp, passed: Duration
  ) -> Timestamp {
    guard let last else { return now }
    return min(now, max(last, beginning) + passed + gain)
  }
}
