/// The times at which a failed delivery is retried.
///
/// Eight attempts: immediately, then 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h after the one before,
/// each ± 20 %, so that a receiver that recovers does not receive everything in one moment.
package enum RetrySchedule {
  /// The delays before the second attempt and each one after it.
  package static let delays: [Duration] = [
    .seconds(5), .seconds(300), .seconds(1800), .seconds(7200), .seconds(18_000), .seconds(36_000),
    .seconds(36_000),
  ]

  /// The shortest delay after a timeout.
  package static let penalty: Duration = .seconds(60)

  /// Returns the delay after a receiver limited an attempt: at most a tenth more than the Retry-After
  /// that it asked for, else the penalty.
  package static func delay(asked: Duration?, seed: String) -> Duration {
    guard let asked else { return penalty }
    return asked + StableRandom.share(of: asked / 10, seed, asked.milliseconds)
  }

  /// Returns the delay after `attempts` attempts (1 or more), the last of which failed; nil where no
  /// attempt is left.
  ///
  /// `asked` is the receiver's Retry-After, obeyed between one and two times the scheduled delay, so
  /// that no receiver can stop or accelerate the schedule. `seed` makes the jitter stable per delivery.
  package static func delay(
    afterAttempts attempts: Int, asked: Duration?, slowDown: Bool, seed: String
  ) -> Duration? {
    guard (1...delays.count).contains(attempts) else { return nil }
    var delay = StableRandom.jittered(
      delays[attempts - 1], percent: 20, seed, Int64(attempts))
    if slowDown { delay = max(delay, penalty) }
    if let asked { delay = min(max(asked, delay), delay * 2) }
    return delay
  }
}
