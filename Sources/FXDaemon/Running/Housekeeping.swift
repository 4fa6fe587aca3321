import FXCore
import FXSystem
import Logging

/// Has the store forget, about once a day, what was told more than 30 days ago.
///
/// Isolated to the control lane.
actor Housekeeping {
  /// A start is busy enough without it.
  private static let firstAfter: Duration = .seconds(600)

  private static let rhythm: Duration = .seconds(86_400)

  /// How long the store is left to others between two batches.
  private static let pause: Duration = .seconds(1)

  private nonisolated let lane: Lane
  private let store: any EngineStore
  private let log: Logger
  private let clock = SystemClock()
  private var alarm: LaneTimer?

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Housekeeping that has not begun.
  init(lane: Lane, store: any EngineStore, log: Logger) {
    self.lane = lane
    self.store = store
    self.log = log
  }

  /// Begins, with a first round some minutes from now.
  func start() {
    let alarm = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.rang() }
    }
    alarm.arm(after: Self.firstAfter, leeway: Self.firstAfter / 10)
    self.alarm = alarm
  }

  /// Ends it for good.
  func stop() {
    alarm?.cancel()
    alarm = nil
  }

  private func rang() {
    Task {
      var wait = Self.rhythm
      do throws(StoreProblem) {
        if try await store.prune(now: clock.now()) > 0 { wait = Self.pause }
      } catch {
        log.warning("old events could not be forgotten: \(error.message)")
      }
      alarm?.arm(after: wait, leeway: wait / 10)
    }
  }
}
