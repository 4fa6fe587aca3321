import FXCore
import FXSystem

/// The opening of the store, during which systemd is asked for more time.
///
/// A large database of an older version is migrated first, which may take minutes on a slow disk.
actor StoreOpening {
  /// The longest time the opening may take in all.
  private static let longest: Duration = .seconds(30 * 60)

  /// The interval between requests for more time, and the time asked for: within systemd's default
  /// (TimeoutStartSec=), and long before the earlier request has run out.
  private static let interval: Duration = .seconds(10)
  private static let requestedTime: Duration = .seconds(60)

  private nonisolated let lane: Lane
  private let manager: ServiceNotifications
  private let deadline = SystemClock().monotonic() + longest
  private var timer: LaneTimer?

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// An opening on the control lane, which stays free meanwhile.
  init(on lane: Lane, manager: ServiceNotifications) {
    self.lane = lane
    self.manager = manager
  }

  /// Opens the store of a config.
  func open(_ setup: Setup) async throws(StoreProblem) -> any EngineStore {
    manager.status("opening the history in \(setup.stateDirectory)")
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.extendTimeout() }
    }
    self.timer = timer
    extendTimeout()
    defer { timer.cancel() }
    return try await setup.store.openForEngine()
  }

  private func extendTimeout() {
    guard SystemClock().monotonic() < deadline else { return }
    manager.extendTimeout(by: Self.requestedTime)
    timer?.arm(after: Self.interval, leeway: .seconds(1))
  }
}
