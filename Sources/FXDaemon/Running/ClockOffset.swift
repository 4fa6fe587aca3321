import FXCore
import FXSystem

/// The difference between the wall clock and the monotonic clock, by which a clock that was set is
/// noticed.
struct ClockOffset {
  /// A smaller step does not count: the clock is slewed, or the two readings lie apart.
  private static let tolerance: Duration = .seconds(2)

  private var wallMinusMonotonic: Duration

  /// The offset of now.
  init(on clock: SystemClock = SystemClock()) { wallMinusMonotonic = Self.offset(on: clock) }

  /// Returns the step of the wall clock since the last call; nil where it was not set.
  mutating func step(on clock: SystemClock) -> Duration? {
    let offset = Self.offset(on: clock)
    let step = offset - wallMinusMonotonic
    guard step > Self.tolerance || step < .zero - Self.tolerance else { return nil }
    wallMinusMonotonic = offset
    return step
  }

  private static func offset(on clock: SystemClock) -> Duration {
    .milliseconds(clock.now().milliseconds) - clock.monotonic()
  }
}
