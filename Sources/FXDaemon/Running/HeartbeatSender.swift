package import FXCore
import FXNotifiers
import FXSystem
import Logging

/// Sends the heartbeat of a config while the daemon works.
///
/// Isolated to the control lane, whose engine must answer before each request: where it does not, no
/// request is sent.
actor HeartbeatSender {
  private nonisolated let lane: Lane
  private let log: Logger
  private let status: @Sendable () async -> DaemonStatus?
  private let clock = SystemClock()
  private var heartbeat: Heartbeat?
  private var timer: LaneTimer?

  /// True while requests fail, which is logged once.
  private var isFailing = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// A sender without a heartbeat; `status` asks the engine.
  init(lane: Lane, log: Logger, status: @escaping @Sendable () async -> DaemonStatus?) {
    self.lane = lane
    self.log = log
    self.status = status
  }

  /// Applies the heartbeat of a config; a new one begins with its start.
  func use(_ heartbeat: Heartbeat?) {
    let isNew = self.heartbeat?.fingerprint != heartbeat?.fingerprint
    self.heartbeat = heartbeat
    guard isNew else { return }
    timer?.cancel()
    timer = nil
    guard let heartbeat else { return }
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { sender in _ = Task { await sender.beat() } }
    }
    timer.arm(after: heartbeat.every, leeway: .zero)
    self.timer = timer
    Task {
      // A standby sends nothing.
      if await status() != nil { await send(.start, heartbeat) }
    }
  }

  /// Ends permanently.
  func stop() {
    timer?.cancel()
    timer = nil
    heartbeat = nil
  }

  private func beat() async {
    guard let heartbeat else { return }
    timer?.arm(after: heartbeat.every, leeway: .zero)
    guard let failure = await status().map({ $0.heartbeatFailure(at: clock.now()) }) else { return }
    await send(failure.map { .failure(reason: $0) } ?? .success, heartbeat)
  }

  private func send(_ signal: Heartbeat.Signal, _ heartbeat: Heartbeat) async {
    guard let outcome = await heartbeat.send(signal, at: clock.now()) else { return }
    switch outcome {
    case .delivered:
      if isFailing { log.notice("the heartbeat is sent again") }
      isFailing = false
    case .retry(let reason, _, _), .limited(let reason, _), .refused(let reason):
      if !isFailing { log.warning("the heartbeat could not be sent: \(reason)") }
      isFailing = true
    case .gone:
      if !isFailing { log.warning("the heartbeat could not be sent: the endpoint is gone") }
      isFailing = true
    }
  }
}

extension DaemonStatus {
  /// The time after which a poll that is due and not made shows that nothing moves.
  private static let longestDelay: Duration = .seconds(900)

  /// Returns the reason why the daemon does not do its work; nil if it does: the store accepts changes,
  /// sources are polled, and at least one of them can be read.
  package func heartbeatFailure(at now: Timestamp) -> String? {
    if let storeFailure { return "the store fails: \(storeFailure.reason)" }
    guard let engine else { return "fxwatch is starting" }
    let sources = engine.sources
    if sources.allSatisfy({ $0.lastSuccess == nil }) {
      return sources.compactMap(\.failureReason).first.map { "no source can be read: \($0)" }
        ?? "no source has been read yet"
    }
    if sources.allSatisfy({ $0.state == .failing }) {
      return "no source can be read: \(sources.compactMap(\.failureReason).first ?? "")"
    }
    let isMoving = sources.contains { source in
      source.nextPoll.map { now - $0 < Self.longestDelay } ?? true
    }
    return isMoving ? nil : "sources are not polled"
  }
}
