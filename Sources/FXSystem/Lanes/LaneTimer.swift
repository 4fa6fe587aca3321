import Dispatch

/// A timer that can be armed repeatedly: the only Dispatch timer in fxwatch.
///
/// It uses monotonic time (`DispatchTime`, on Linux CLOCK_MONOTONIC), which clock steps do not change
/// and which stops while the machine is suspended. To wait for a wall-clock instant, convert it when
/// arming, arm again after a clock step, and check in the handler what is due: the handler may run
/// late, and a run already enqueued when the timer is armed again still happens.
///
/// `arm` and `disarm` are thread-safe; the handler runs on the lane.
package final class LaneTimer: @unchecked Sendable {
  // Invariant for @unchecked: `source` is configured in `init`; afterwards only `schedule` and
  // `cancel` are called, which are thread-safe.
  private let source: any DispatchSourceTimer

  /// The longest wait; adding it to the current time cannot overflow.
  private static let longestWait = Duration.seconds(10 * 366 * 86_400)

  /// Creates a timer that is not armed; it retains `handler` until it is cancelled or deallocated.
  package init(on lane: Lane, handler: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: lane.queue)
    source.setEventHandler(handler: handler)
    source.schedule(deadline: .distantFuture)
    source.activate()
  }

  deinit {
    source.cancel()
  }

  /// Arms the timer to run the handler once after `wait`, at most `leeway` later to save wake-ups;
  /// replaces an earlier call.
  ///
  /// A negative wait is due at once.
  package func arm(after wait: Duration, leeway: Duration) {
    source.schedule(
      deadline: .now() + .nanoseconds(Self.nanoseconds(wait)), repeating: .never,
      leeway: .nanoseconds(Self.nanoseconds(leeway)))
  }

  /// Disarms the timer until it is armed again.
  package func disarm() {
    source.schedule(deadline: .distantFuture)
  }

  /// Ends the timer permanently and releases its handler.
  package func cancel() {
    source.cancel()
  }

  private static func nanoseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = min(max(duration, .zero), longestWait).components
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
