import FXConfig
import FXCore
import FXHTTP
import FXNotifiers
import FXStore
import FXSystem
import Foundation
import Logging

/// The daemon: everything put together, started, reloaded and stopped.
///
/// Isolated to the control lane, where signals and the watchdog's rhythm arrive.
package actor Daemon {
  /// How long transfers and deliveries under way may take to end once it is asked to stop: with the
  /// rest of stopping, less than 10 s.
  private static let patience: Duration = .seconds(7)

  private nonisolated let lane: Lane

  /// Where transfers run, and with them whatever starts many: an actor on the same lane reaches the
  /// transport without a hop.
  private let network = Lane(label: "network")
  private let file: String
  private let environment: [String: String]
  private let log: Logger
  private let manager = ServiceNotifications()
  private let transport: CurlTransport
  private let output = LineOutput()
  private var conductor: Conductor?
  private var reloads: ReloadChannel?
  private var signals: [LaneSignal] = []
  private var watchdog: LaneTimer?
  private var setup: Setup?
  private var isReloading = false
  private var reloadWanted = false
  private var stopRequest: CheckedContinuation<Void, Never>?
  private var stopWasRequested = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A daemon over a config file, not started.
  package init(file: String, environment: [String: String]) {
    lane = Lane(label: "control")
    self.file = file
    self.environment = environment
    let handler = LogLines(
      output: LineOutput(descriptor: STDERR_FILENO),
      isJournal: Journal.isStandardErrorConnected(environment: environment))
    log = Logger(label: "fxwatch") { _ in handler }
    transport = CurlTransport(lane: network, userAgent: Version.userAgent)
  }

  /// Runs until SIGTERM or SIGINT; throws why it could not start.
  package func run() async throws(CommandFailure) {
    let setup: Setup
    do throws(ConfigProblems) {
      setup = try readConfig()
    } catch {
      throw .badConfig(error.description)
    }
    let lock = try lockState(setup)
    try await start(setup)
    await withCheckedContinuation { continuation in
      if stopWasRequested { continuation.resume() } else { stopRequest = continuation }
    }
    log.notice("stopping")
    manager.stopping(status: "stopping")
    watchdog?.cancel()
    await conductor?.stop(patience: Self.patience)
    await transport.shutdown()
    for signal in signals { signal.cancel() }
    withExtendedLifetime(lock) {}
    log.notice("stopped")
  }

  /// Asks a running daemon to stop, as SIGTERM does.
  package func stop() { wantStop() }

  // MARK: Starting

  private func readConfig() throws(ConfigProblems) -> Setup {
    try Setup.read(
      file: file,
      in: .init(
        environment: environment,
        notifiers: .ofThisProcess(
          environment: environment, transport: transport, output: output)))
  }

  private func lockState(_ setup: Setup) throws(CommandFailure) -> StateDirectoryLock {
    do throws(StateDirectoryProblem) {
      return try StateDirectoryLock(directory: setup.stateDirectory)
    } catch {
      throw .failed(error.message)
    }
  }

  private func start(_ setup: Setup) async throws(CommandFailure) {
    let storeLane = Lane(label: "store")
    do throws(StoreProblem) {
      let store = try SQLiteStore(
        path: DatabaseFile.path(inStateDirectory: setup.stateDirectory), lane: storeLane)
      let manager = manager
      let conductor = Conductor(
        lane: lane, store: store,
        fetcher: Fetcher(
          lane: network, transport: transport, zones: SystemZones(),
          secrets: FileSecrets(environment: environment)),
        deliverer: Deliverer(lane: network, store: store), zones: SystemZones(), log: log,
        onAlive: { summary in
          manager.alive()
          manager.status(summary.description)
        })
      self.conductor = conductor
      for warning in setup.warnings { log.warning("\(warning)") }
      try await conductor.adopt(setup)
    } catch {
      throw .failed(error.message)
    }
    self.setup = setup
    reloads = ReloadChannel(
      directory: environment["RUNTIME_DIRECTORY"] ?? setup.stateDirectory)
    signals = [
      await LaneSignal(.hangUp, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantReload() }
      },
      await LaneSignal(.terminate, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantStop() }
      },
      await LaneSignal(.interrupt, on: lane) { [weak self] in
        self?.assumeIsolated { $0.wantStop() }
      },
    ]
    keepAlive()
    manager.ready(status: Self.status(of: setup))
    log.notice("fxwatch \(Version.text) is watching: \(Self.status(of: setup))")
  }

  private static func status(of setup: Setup) -> String {
    "\(setup.sources.count) sources, \(setup.rules.count) rules, "
      + "\(setup.notifiers.count) notifiers from \(setup.file)"
  }

  /// Asks for a sign of life twice in each of the watchdog's intervals.
  private func keepAlive() {
    guard let interval = manager.watchdogInterval, let conductor else { return }
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.beat(interval) }
    }
    watchdog = timer
    timer.arm(after: interval / 2, leeway: interval / 20)
    Task { await conductor.probe() }
  }

  private func beat(_ interval: Duration) {
    watchdog?.arm(after: interval / 2, leeway: interval / 20)
    guard let conductor else { return }
    Task { await conductor.probe() }
  }

  // MARK: Signals

  private func wantStop() {
    stopWasRequested = true
    stopRequest?.resume()
    stopRequest = nil
  }

  /// One reload at a time; a signal that comes meanwhile asks for one more.
  private func wantReload() {
    reloadWanted = true
    guard !isReloading else { return }
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
    reloads?.answer(waiting, with: outcome)
  }

  private func reloadOutcome() async -> ReloadOutcome {
    let new: Setup
    do throws(ConfigProblems) {
      new = try readConfig()
    } catch {
      for problem in error.problems { log.error("\(problem)") }
      log.error("the config is bad, so nothing was changed; the one before goes on")
      return ReloadOutcome(exitStatus: 78, text: error.description)
    }
    guard new.stateDirectory == setup?.stateDirectory else {
      let text =
        "\(file): state: a reload cannot move the state directory from"
        + " '\(setup?.stateDirectory ?? "")' to '\(new.stateDirectory)'; restart fxwatch for that"
      log.error("\(text)")
      return ReloadOutcome(exitStatus: 78, text: text)
    }
    for warning in new.warnings { log.warning("\(warning)") }
    do throws(StoreProblem) {
      try await conductor?.adopt(new)
    } catch {
      log.error("the config is good, but was not taken over: \(error.message)")
      return ReloadOutcome(exitStatus: 1, text: error.message)
    }
    setup = new
    log.notice("reloaded: \(Self.status(of: new))")
    return ReloadOutcome(exitStatus: 0, text: "reloaded: \(Self.status(of: new))")
  }
}
