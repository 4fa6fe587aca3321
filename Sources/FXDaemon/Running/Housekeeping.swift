import FXCore
import FXSystem
import Logging

/// Deletes, about once a day, what the store no longer has to keep.
///
/// Isolated to the control lane.
actor Housekeeping {
  /// The first round waits for the work of the start to be over.
  private static let firstAfter: Duration = .seconds(600)

  private static let interval: Duration = .seconds(86_400)

  /// The pause between two batches, in which others use the store.
  private static let pause: Duration = .seconds(1)

  private nonisolated let lane: Lane
  private let store: any EngineStore
  private let log: Logger
  private let clock = SystemClock()

  /// The ages of the current config.
  private var retention = Retention()

  /// The retention time of the round in progress; nil between rounds.
  private var round: Timestamp?

  /// The monotonic time of the latest round; before the first, that of the start.
  private var latestRound = SystemClock().monotonic()
  private var timer: LaneTimer?

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Housekeeping that is not started.
  init(lane: Lane, store: any EngineStore, log: Logger) {
    self.lane = lane
    self.store = store
    self.log = log
  }

  /// Applies the ages of a config, from the next batch on.
  func use(_ retention: Retention) { self.retention = retention }

  /// Starts, with a first round after ten minutes.
  func start() {
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.prune() }
    }
    timer.arm(after: Self.firstAfter, leeway: Self.firstAfter / 10)
    self.timer = timer
  }

  /// Ends for good.
  func stop() {
    timer?.cancel()
    timer = nil
  }

  private func prune() {
    Task {
      var wait = Self.interval
      do throws(StoreProblem) {
        let time = try await retentionTime()
        if try await store.prune(retention, now: time).isComplete {
          round = nil
        } else {
          wait = Self.pause
        }
      } catch {
        log.warning("old data could not be deleted: \(error.message)")
      }
      timer?.arm(after: wait, leeway: wait / 10)
    }
  }

  /// Returns the time of the current round, which is the same for all its batches.
  private func retentionTime() async throws(StoreProblem) -> Timestamp {
    if let round { return round }
    let monotonic = clock.monotonic()
    let time = RetentionTime.next(
      after: try await store.retentionTime(), now: clock.now(), passed: monotonic - latestRound)
    (round, latestRound) = (time, monotonic)
    return time
  }
}
