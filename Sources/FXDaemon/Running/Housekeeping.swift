import FXCore
import FXSystem
import Logging

/// Deletes, about once a day, the events that the store no longer has to keep.
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
        if try await store.prune(now: clock.now()) > 0 { wait = Self.pause }
      } catch {
        log.warning("old events could not be deleted: \(error.message)")
      }
      timer?.arm(after: wait, leeway: wait / 10)
    }
  }
}
