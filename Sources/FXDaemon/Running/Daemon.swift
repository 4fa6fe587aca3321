import FXConfig
import FXCore
import FXHTTP
import FXNotifiers
import FXSystem
import Foundation
import Glibc
import Logging

/// The daemon: everything put together, started, reloaded and stopped.
///
/// Isolated to the control lane, where signals and the watchdog's rhythm arrive.
package actor Daemon {
  /// How long transfers and deliveries under way may take to end once it is asked to stop: with the
  /// rest of stopping, less than 10 s.
  private static let patience: Duration = .seconds(7)

  /// How long opening the store may take in all: migrating a large history on a slow disk.
  private static let longestOpening: Duration = .seconds(30 * 60)

  /// How often the manager is asked for patience meanwhile, and for how much: within its default
  /// (TimeoutStartSec=) and well before it has run out.
  private static let openingBeat: Duration = .seconds(10)
  private static let openingPatience: Duration = .seconds(60)

  /// How often the status line is renewed where the manager has no watchdog.
  private static let statusBeat: Duration = .seconds(60)

  private nonisolated let lane: Lane

  private let network: Network
  private let file: String
  private let environment: [String: String]
  private let logs: LogStream
  private let log: Logger
  private let manager = ServiceNotifications()
  private let sinks = LocalOutputs()
  private var conductor: EngineRunner?
  private var housekeeping: Housekeeping?
  private var reloads: ReloadChannel?
  private var control: ControlServer?
  private let started = SystemClock().now()
  private var signals: [LaneSignal] = []
  private var opening: LaneTimer?
  private var heartbeat: LaneTimer?
  private var setup: Setup?
  private var isStarted = false
  private var isReloading = false
  private var reloadWanted = false
  private var stopRequest: CheckedContinuation<Void, Never>?
  private var stopWasRequested = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A daemon over a config file, not started; throws where not even a transfer could be made.
  package init(file: String, environment: [String: String]) throws(CommandFailure) {
    MemoryArenas.limit()
    lane = Lane(label: "control")
    network = try Network()
    self.file = file
    self.environment = environment
    let logs = LogStream.standardError(environment: environment)
    self.logs = logs
    log = Logger(label: "fxwatch") { _ in LogLines(to: logs) }
  }

  /// Runs until SIGTERM or SIGINT; throws why it could not start.
  ///
  /// What the journal has been told already is thrown without words.
  package func run() async throws(CommandFailure) {
    do throws(CommandFailure) {
      try await live()
      await logs.drain()
    } catch {
      manager.status(error.message.split(separator: "\n").first.map(String.init) ?? "")
      guard logs.isJournal else { throw error }
      log.error("\(error.message)", metadata: LogKind.notStarted.with())
      await logs.drain()
      throw .ended("", status: error.status)
    }
  }

  private func live() async throws(CommandFailure) {
    // First of all: before it is heard, this signal would end the process.
    signals = [
      await LaneSignal(.hangUp, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantReload() }
      }
    ]
    let setup: Setup
    do throws(ConfigProblems) {
      setup = try readConfig()
    } catch {
      throw .badConfig(error.description)
    }
    let lock = try lockState(setup)
    await startControl(in: setup.stateDirectory)
    try await start(setup)
    await withCheckedContinuation { continuation in
      if stopWasRequested { continuation.resume() } else { stopRequest = continuation }
    }
    log.notice("stopping")
    manager.stopping(status: "stopping")
    heartbeat?.cancel()
    await control?.stop()
    await housekeeping?.stop()
    await conductor?.stop(patience: Self.patience)
    await network.transport.shutdown()
    for signal in signals { signal.cancel() }
    withExtendedLifetime(lock) {}
    log.notice("stopped", metadata: LogKind.stopped.with())
  }

  /// Asks a running daemon to stop, as SIGTERM does.
  package func stop() { wantStop() }

  // MARK: Starting

  private func readConfig() throws(ConfigProblems) -> Setup {
    try Setup.read(
      file: file,
      in: .init(
        environment: environment,
        notifiers: sinks.context(environment: environment, transport: network.transport)))
  }

  private func lockState(_ setup: Setup) throws(CommandFailure) -> StateDirectoryLock {
    do throws(StateDirectoryProblem) {
      return try StateDirectoryLock(directory: setup.stateDirectory)
    } catch {
      throw error.isLasting ? .unusable(error.message) : .failed(error.message)
    }
  }

  /// Opens the store, which may have to be brought up to date first, off the lane; the lane
  /// meanwhile asks the manager for patience.
  private func openStore(_ setup: Setup) async throws(StoreProblem) -> any EngineStore {
    manager.status("opening the history in \(setup.stateDirectory)")
    let deadline = SystemClock().monotonic() + Self.longestOpening
    let beat = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.keepPatient(until: deadline) }
    }
    opening = beat
    keepPatient(until: deadline)
    defer {
      beat.cancel()
      opening = nil
    }
    return try await setup.store.openForEngine()
  }

  private func keepPatient(until deadline: Duration) {
    guard SystemClock().monotonic() < deadline else { return }
    manager.extendTimeout(by: Self.openingPatience)
    opening?.arm(after: Self.openingBeat, leeway: .seconds(1))
  }

  private func start(_ setup: Setup) async throws(CommandFailure) {
    do throws(StoreProblem) {
      let store = try await openStore(setup)
      let manager = manager
      let conductor = EngineRunner(
        lane: lane, store: store,
        fetcher: Fetcher(
          lane: network.lane, transport: network.transport, zones: SystemZones(),
          secrets: FileSecrets(environment: environment)),
        deliverer: Deliverer(lane: network.lane, store: store), zones: SystemZones(), log: log,
        onAlive: { summary, problem in
          manager.alive()
          manager.status(problem.map { "\(summary); \($0.message)" } ?? "\(summary)")
        })
      self.conductor = conductor
      for warning in setup.warnings { log.warning("\(warning)") }
      try await conductor.adopt(setup)
      let housekeeping = Housekeeping(lane: lane, store: store, log: log)
      await housekeeping.start()
      self.housekeeping = housekeeping
    } catch {
      throw error.kind == .permanent ? .unusable(error.message) : .failed(error.message)
    }
    self.setup = setup
    reloads = ReloadChannel(
      directory: environment["RUNTIME_DIRECTORY"] ?? setup.stateDirectory)
    signals += [
      await LaneSignal(.terminate, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantStop() }
      },
      await LaneSignal(.interrupt, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantStop() }
      },
    ]
    manager.ready(status: Self.status(of: setup))
    log.notice(
      "fxwatch \(Version.text) is watching: \(Self.status(of: setup))",
      metadata: LogKind.started.with())
    isStarted = true
    if reloadWanted { wantReload() }
    if environment["NOTIFY_SOCKET"] != nil { startBeating() }
  }

  private static func status(of setup: Setup) -> String {
    "\(setup.inventory) from \(setup.file)"
  }

  /// Asks for a sign of life, which renews the status line too, twice in each of the watchdog's
  /// intervals.
  private func startBeating() {
    let interval = manager.watchdogInterval.map { $0 / 2 } ?? Self.statusBeat
    heartbeat = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.beat(every: interval) }
    }
    beat(every: interval)
  }

  private func beat(every interval: Duration) {
    heartbeat?.arm(after: interval, leeway: interval / 10)
    guard let conductor else { return }
    Task { await conductor.probe() }
  }

  // MARK: Status

  /// Answers `fxwatch status` from here on; the daemon runs without that where it cannot.
  private func startControl(in directory: String) async {
    let server = ControlServer(directory: directory) { [weak self] request in
      guard request == DaemonStatus.request, let self else { return nil }
      return Array(await self.status().json.description.utf8)
    }
    do throws(SystemError) {
      try await server.start()
      control = server
    } catch {
      log.warning("no control socket in '\(directory)' (\(error)); fxwatch status will not work")
    }
  }

  private func status() async -> DaemonStatus {
    let snapshot = await conductor?.snapshot()
    return DaemonStatus(
      processID: getpid(), started: started, config: file, storeFailure: snapshot?.failure,
      engine: snapshot?.engine)
  }

  // MARK: Signals

  private func wantStop() {
    stopWasRequested = true
    stopRequest?.resume()
    stopRequest = nil
  }

  /// One reload at a time; a signal that comes meanwhile, or while the daemon starts, asks for one
  /// more.
  private func wantReload() {
    reloadWanted = true
    guard isStarted, !isReloading else { return }
    isReloading = true
    Task {
      while self.reloadWanted, !self.stopWasRequested {
        self.reloadWanted = false
        await self.reload()
      }
      self.isReloading = false
    }
  }

  /// Parses all, checks all, swaps once.
  ///
  /// Whatever is wrong, the plan in place stays.
  private func reload() async {
    let waiting = reloads?.waiting() ?? []
    manager.reloading()
    let outcome = await reloadOutcome()
    manager.ready(status: setup.map(Self.status) ?? "")
    await conductor?.probe()
    reloads?.answer(waiting, with: outcome)
  }

  private func reloadOutcome() async -> ReloadOutcome {
    let new: Setup
    do throws(ConfigProblems) {
      new = try readConfig()
    } catch {
      for problem in error.problems {
        log.log(
          level: problem.isWarning ? .warning : .error, "\(problem)",
          metadata: LogKind.notReloaded.with())
      }
      log.error(
        "the config is bad, so nothing was changed; the one before goes on",
        metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: 78, text: error.description)
    }
    guard new.stateDirectory == setup?.stateDirectory else {
      let text =
        "\(file): state: a reload cannot move the state directory from"
        + " '\(setup?.stateDirectory ?? "")' to '\(new.stateDirectory)'; restart fxwatch for that"
      log.error("\(text)", metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: 78, text: text)
    }
    for warning in new.warnings { log.warning("\(warning)") }
    do throws(StoreProblem) {
      try await conductor?.adopt(new)
    } catch {
      log.error(
        "the config is good, but was not taken over: \(error.message)",
        metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: 1, text: error.message)
    }
    setup = new
    log.notice("reloaded: \(Self.status(of: new))", metadata: LogKind.reloaded.with())
    return ReloadOutcome(exitStatus: 0, text: "reloaded: \(Self.status(of: new))")
  }
}
