import FXServer
import FXSystem

/// Moves the rates of the demo's page every two seconds.
actor DemoTicker {
  private static let interval: Duration = .seconds(2)

  private nonisolated let lane: Lane
  private let page: LocalPage
  private var step = 0
  private lazy var timer = LaneTimer(on: lane) { [weak self] in
    self?.assumeIsolated { $0.move() }
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// A ticker that does not move yet.
  init(_ page: LocalPage, on lane: Lane) {
    self.page = page
    self.lane = lane
  }

  /// Begins to move the rates.
  func start() { move() }

  /// Stops moving them.
  func stop() { timer.cancel() }

  private func move() {
    step += 1
    page.show(DemoPage.moving(step))
    timer.arm(after: Self.interval, leeway: .zero)
  }
}
