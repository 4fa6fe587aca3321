import FXCore
import FXSystem

/// The timers of the engine's runner, and its watch on the wall clock.
///
/// Used on the control lane only.
struct RunnerTimers {
  /// The reason why the handler is called.
  enum Timer: Sendable {
    /// Something is due.
    case wakeUp
    /// Outcomes of deliveries are to be committed.
    case outcomes
    /// A commit that failed is to be tried again.
    case retry
    /// The wall clock may have been set.
    case clockStep
  }

  /// The number of wake-ups without effect in a row that is a bug: they are slowed down, so that no
  /// server is polled without end.
  static let runawayWakeUps = 1000

  /// The pause after that many.
  private static let runawayPause: Duration = .seconds(1)

  /// The largest delay of a wake-up that lets the machine sleep longer, as a share of the wait.
  private static let leewayShare = 50

  /// A wake-up later than this means that the timer does not work; the watchdog then gets no sign of
  /// life.
  private static let overdueTolerance: Duration = .seconds(10)

  private let wakeUp: LaneTimer
  private let outcomes: LaneTimer
  private let retry: LaneTimer
  private var clockSteps: ClockStepWatch?
  private var offset = ClockOffset()
  private let clock = SystemClock()

  /// The monotonic time of the next wake-up; nil while none is set.
  private var due: Duration?

  private var wakeUpsWithoutEffect = 0

  /// Timers that are not set; `handler` runs on the lane.
  init(on lane: Lane, handler: @escaping @Sendable (Timer) -> Void) {
    wakeUp = LaneTimer(on: lane) { handler(.wakeUp) }
    outcomes = LaneTimer(on: lane) { handler(.outcomes) }
    retry = LaneTimer(on: lane) { handler(.retry) }
    // Without it, for want of a descriptor, a clock that was set is noticed at the next wake-up.
    clockSteps = try? ClockStepWatch(on: lane) { handler(.clockStep) }
  }

  /// Sets the next wake-up; nil sets none.
  mutating func setWakeUp(_ wake: Timestamp?) {
    guard let wake else {
      due = nil
      return wakeUp.disarm()
    }
    let wait = max(.zero, wake - clock.now())
    due = clock.monotonic() + wait
    wakeUp.arm(after: wait, leeway: min(wait / Self.leewayShare, .seconds(1)))
  }

  /// True if a wake-up is late by more than 10 s.
  var isWakeUpOverdue: Bool {
    due.map { clock.monotonic() > $0 + Self.overdueTolerance } ?? false
  }

  /// Counts an event, and returns true at every thousandth wake-up without effect in a row, after
  /// which the next one is delayed by a second.
  mutating func isRunaway(isWakeUp: Bool, hadEffect: Bool) -> Bool {
    guard isWakeUp, !hadEffect else {
      wakeUpsWithoutEffect = 0
      return false
    }
    wakeUpsWithoutEffect += 1
    guard wakeUpsWithoutEffect == Self.runawayWakeUps else { return false }
    wakeUpsWithoutEffect = 0
    wakeUp.arm(after: Self.runawayPause, leeway: .zero)
    return true
  }

  /// Returns the step of the wall clock since the last call; nil where it was not set.
  mutating func clockStep() -> Duration? { offset.step(on: clock) }

  func armOutcomes(after wait: Duration) { outcomes.arm(after: wait, leeway: .zero) }

  func disarmOutcomes() { outcomes.disarm() }

  func armRetry(after wait: Duration) { retry.arm(after: wait, leeway: .zero) }

  /// Ends wake-ups and the watch on the clock for good.
  mutating func cancelWakeUps() {
    wakeUp.cancel()
    clockSteps = nil
  }

  /// Ends retries for good.
  func cancelRetry() { retry.cancel() }
}
