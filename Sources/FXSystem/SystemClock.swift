import CSystemd
package import FXCore
import Glibc

/// The machine's clocks: wall-clock time for schedules and timestamps, monotonic time for durations.
package struct SystemClock: Sendable {
  /// Creates a clock.
  package init() {}

  /// Returns the wall-clock time in milliseconds; it jumps when the clock is set.
  package func now() -> Timestamp {
    Timestamp(milliseconds: Self.read(CLOCK_REALTIME).milliseconds)
  }

  /// Returns the time since boot without time in suspend (`CLOCK_MONOTONIC`, which systemd uses too);
  /// it never jumps.
  package func monotonic() -> Duration { Self.read(CLOCK_MONOTONIC) }

  /// Returns the time since boot with time in suspend (`CLOCK_BOOTTIME`); it never jumps.
  package func sinceBoot() -> Duration { Self.read(CLOCK_BOOTTIME) }

  private static func read(_ clock: clockid_t) -> Duration {
    var time = timespec()
    let result = clock_gettime(clock, &time)
    precondition(result == 0, "every Linux has this clock")
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
