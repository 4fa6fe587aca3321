import Dispatch

/// An alarm that can be set again: the only Dispatch timer in fxwatch.
///
/// It counts monotonic time (`DispatchTime`, on Linux CLOCK_MONOTONIC), which setting the clock does
/// not move and which stands still while the machine sleeps. Who waits for a wall-clock instant
/// converts it when arming, arms again when the clock is stepped, and on waking asks what is due
/// now: an alarm may come late, and one that was already under way when it was armed anew still
/// comes.
///
/// The alarm may be armed and disarmed from anywhere; the handler runs on the lane.
package final class LaneTimer: @unchecked Sendable {
  // Invariant behind @unchecked: `source` is set up before anyone else sees it, and afterwards only
  // `schedule` and `cancel` are called, which Dispatch lets any thread do.
  private let source: any DispatchSourceTimer

  /// The longest time an alarm is set for, so that adding it to the present cannot overflow.
  private static let longestWait = Duration.seconds(10 * 366 * 86_400)

  /// An alarm that is not armed; it holds `handler` until it is cancelled or released.
  package init(on lane: Lane, handler: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: lane.queue)
    source.setEventHandler(handler: handler)
    source.schedule(deadline: .distantFuture)
    source.activate()
  }

  deinit {
    source.cancel()
  }

  /// Sets the alarm to go off once, `wait` from now, at most `leeway` later than that where this
  /// lets the machine sleep longer; replaces what was set before.
  ///
  /// A wait below zero is due at once.
  package func arm(after wait: Duration, leeway: Duration) {
    source.schedule(
      deadline: .now() + .nanoseconds(Self.nanoseconds(wait)), repeating: .never,
      leeway: .nanoseconds(Self.nanoseconds(leeway)))
  }

  /// Takes the alarm back until it is armed again.
  package func disarm() {
    source.schedule(deadline: .distantFuture)
  }

  /// Ends the timer for good and lets its handler go.
  package func cancel() {
    source.cancel()
  }

  private static func nanoseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = min(max(duration, .zero), longestWait).components
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
