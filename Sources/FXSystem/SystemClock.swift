package import FXCore
import Glibc

/// The machine's clocks: wall time for slots and stamps, monotonic time for durations.
package struct SystemClock: Sendable {
  /// The machine's clocks.
  package init() {}

  /// Civil time, to the millisecond; it can jump when somebody sets the clock.
  package func now() -> Timestamp {
    Timestamp(milliseconds: Self.read(CLOCK_REALTIME).milliseconds)
  }

  /// Time since boot without the time asleep (`CLOCK_MONOTONIC`, which systemd compares with); never
  /// jumps.
  package func monotonic() -> Duration { Self.read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Duration {
    var time = timespec()
    let result = clock_gettime(clock, &time)
    precondition(result == 0, "every Linux has this clock")
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
