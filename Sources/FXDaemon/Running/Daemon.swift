import FXConfig
import FXCore
import FXHTTP
import FXSystem
import Glibc
import Logging

/// The daemon: everything put together, started, reloaded and stopped.
///
/// Isolated to the control lane, where signals and the watchdog's rhythm arrive. It has more than ten
/// properties, because each part of the process that is started and stopped is one.
package actor Daemon {
  /// The time that transfers and deliveries in progress have to end after a request to stop: stopping
  /// as a whole takes less than 10 s.
  private static let patience: Duration = .seconds(7)

  /// The time that answers of the page in progress have to end, beside deliveries.
  private static let webPatience: Duration = .seconds(2)

  /// The interval at which the status line is renewed where systemd has no watchdog.
  private static let statusInterval: Duration = .seconds(60)

  /// The most characters of a line about a failed start.
  private static let longestLine = 10_000

  nonisolated let lane = Lane(label: "control")

  private let network: Network
  let config: ConfigReader
  private let logs: LogStream
  let log: Logger
  let manager = ServiceNotifications()
  private let started = SystemClock().now()

  /// The parts that run once the first plan is active; nil before.
  var running: RunningDaemon?

  /// The part among several daemons that share a store; nil for a daemon on its own.
  var standby: Standby?

  private var control: ControlServer?

  /// The page and the API; nil for a daemon that has none, such as that of the demo.
  private let web: (any WebInterface)?
  private var signals: [LaneSignal] = []
  private lazy var heartbeats = HeartbeatSender(lane: lane, log: log) { [weak self] in
    await self?.activeStatus()
  }
  private lazy var sensors = SensorPublishers(log: log) { [weak self] in
    await self?.running?.runner.rates()
  }
  private var reloads = ReloadRequests()
  var stopRequest = StopRequest()

  /// True if another replica became active before this one had begun.
  var isLost = false

  /// The reason why a daemon that had started cannot go on.
  var failure: CommandFailure?

  /// The timer of the watchdog's rhythm and of the status line; nil without systemd.
  private var heartbeatTimer: LaneTimer?

  /// The end of the page, or of the time that it has.
  private var webStop = StopRequest()

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A daemon with a config file, not started; throws where no transfer could be made.
  package init(
    file: String, environment: [String: String], web: (any WebInterface)? = nil
  ) throws(CommandFailure) {
    self.web = web
    MemoryArenas.limit()
    DescriptorLimit.raise()
    let network = try Network()
    self.network = network
    config = ConfigReader(file: file, environment: environment, network: network)
    let logs = LogStream.standardError(environment: environment)
    self.logs = logs
    log = Logger(label: "fxwatch") { _ in LogLines(to: logs) }
  }

  /// Runs until SIGTERM or SIGINT; throws the reason why it could not start.
  ///
  /// The reason is written where the log goes, and thrown without a message.
  package func run() async throws(CommandFailure) {
    do throws(CommandFailure) {
      try await runUntilStopped()
      await logs.drain()
    } catch {
      manager.status(error.message.split(separator: "\n").first.map(String.init) ?? "")
      switch logs {
      case .text(let queue):
        let lines = error.message.split(separator: "\n").map {
          SanitizedText.line($0, limit: Self.longestLine) + "\n"
        }
        let text = Array(lines.joined().utf8)
        queue.add(text, bytes: 0)
      case .journal: log.error("\(error.message)", metadata: LogKind.notStarted.with())
      }
      await logs.drain()
      throw .ended("", status: error.status)
    }
  }

  private func runUntilStopped() async throws(CommandFailure) {
    // First of all: without a handler this signal ends the process.
    signals = [
      await LaneSignal(.hangUp, on: lane) { [weak self] in
        self?.assumeIsolated { $0.requestReload() }
      }
    ]
    let setup: Setup
    do throws(ConfigProblems) {
      setup = try config.read()
    } catch {
      throw .badConfig(error)
    }
    let lock = try lockState(setup)
    if let change = lock.change { log.warning("\(change)") }
    let replica = setup.store.replica(version: Version.text)
    let storeLock = replica == nil ? try lockStore(setup) : nil
    await startControl(in: setup.stateDirectory)
    if let replica { try await standBy(setup, replica) } else { try await start(setup) }
    await withCheckedContinuation { stopRequest.resume($0) }
    log.notice("stopping")
    manager.stopping(status: "stopping")
    heartbeatTimer?.cancel()
    await heartbeats.stop()
    await sensors.stop()
    stopWeb()
    await control?.stop()
    await stopEngine(patience: Self.patience)
    await withCheckedContinuation { webStop.resume($0) }
    await replica?.leave()
    resumeAfterLoss()
    await network.transport.shutdown()
    for signal in signals { signal.cancel() }
    withExtendedLifetime((lock, storeLock)) {}
    if let failure { throw failure }
    log.notice("stopped", metadata: LogKind.stopped.with())
  }

  /// Ends the engine, if it runs: nothing is fetched or sent any more.
  func stopEngine(patience: Duration) async {
    guard let running else { return }
    self.running = nil
    await sensors.pause()
    await running.housekeeping.stop()
    await running.runner.stop(patience: patience)
  }

  /// Stops the page beside everything else; an answer that takes longer than `webPatience` is cut off.
  private func stopWeb() {
    guard let web else { return webStop.make() }
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.webStop.make() }
    }
    timer.arm(after: Self.webPatience, leeway: .milliseconds(100))
    Task {
      await web.stop()
      timer.cancel()
      webStop.make()
    }
  }

  /// Asks the daemon to stop, as SIGTERM does.
  package func stop() { stopRequest.make() }

  // MARK: Start

  private func lockState(_ setup: Setup) throws(CommandFailure) -> StateDirectoryLock {
    do throws(StateDirectoryProblem) {
      return try StateDirectoryLock(directory: setup.stateDirectory)
    } catch {
      throw error.isLasting ? .unusable(error.message) : .failed(error.message)
    }
  }

  private func lockStore(_ setup: Setup) throws(CommandFailure) -> any StoreLock {
    do throws(StoreProblem) { return try setup.store.lock() } catch { throw .failedStart(error) }
  }

  private func start(_ setup: Setup) async throws(CommandFailure) {
    let running: RunningDaemon
    let firing: [String]
    do throws(StoreProblem) {
      let store = try await StoreOpening(on: lane, manager: manager).open(setup)
      for warning in setup.warnings { log.warning("\(warning)") }
      (running, firing) = try await engine(with: store, setup)
    } catch {
      throw .failedStart(error)
    }
    await handleSignals()
    manager.ready(status: running.summary)
    log.notice(
      "fxwatch \(Version.text) is watching: \(running.summary)",
      metadata: LogKind.started.with())
    for line in firing { log.notice("\(line)") }
    self.running = running
    startHeartbeat()
    await serve(setup)
    startReloads()
    if heartbeatTimer != nil { await running.runner.probe() }
  }

  /// Returns an engine that has begun to run with a store, and lines about the alerts that fire.
  func engine(
    with store: any EngineStore, _ setup: Setup
  ) async throws(StoreProblem) -> (RunningDaemon, firing: [String]) {
    let running = RunningDaemon(
      runner: runner(with: store), housekeeping: Housekeeping(lane: lane, store: store, log: log),
      reloads: reloadChannel(of: setup), setup: setup)
    let firing = try await running.runner.adopt(setup)
    await running.housekeeping.use(setup.retention)
    await running.housekeeping.start()
    return (running, firing)
  }

  /// The channel by which `fxwatch reload` gets its answer.
  func reloadChannel(of setup: Setup) -> ReloadChannel {
    ReloadChannel(directory: config.environment["RUNTIME_DIRECTORY"] ?? setup.stateDirectory)
  }

  /// Lets SIGTERM and SIGINT stop the daemon.
  func handleSignals() async {
    signals += [
      await LaneSignal(.terminate, on: lane) { [weak self] in
        self?.assumeIsolated { $0.stop() }
      },
      await LaneSignal(.interrupt, on: lane) { [weak self] in
        self?.assumeIsolated { $0.stop() }
      },
    ]
  }

  private func runner(with store: any EngineStore) -> EngineRunner {
    let (manager, sensors) = (manager, sensors)
    let readers = BodyReaders(keepsSpare: true)
    Task { await readers.prepare() }
    let fetcher = Fetcher(
      lane: network.lane, transport: network.transport, zones: SystemZones(),
      secrets: FileSecrets(
        environment: config.environment, folder: ConfigFile.folder(of: config.file)),
      readers: readers)
    return EngineRunner(
      lane: lane,
      ports: .init(
        store: store, fetcher: fetcher, deliverer: Deliverer(lane: network.lane, store: store),
        zones: SystemZones(), log: log,
        onAlive: { snapshot, problem in
          manager.alive()
          manager.status(problem.map { "\(snapshot); \($0.message)" } ?? "\(snapshot)")
        }, onCommit: { sensors.changed() }))
  }

  /// Starts a timer that probes the runner twice in each interval of the watchdog; the answer renews
  /// the status line too.
  func startHeartbeat() {
    guard config.environment["NOTIFY_SOCKET"] != nil else { return }
    let interval = manager.watchdogInterval.map { $0 / 2 } ?? Self.statusInterval
    let timer = LaneTimer(on: lane) { [weak self] in
      self?.assumeIsolated { $0.beat(every: interval) }
    }
    timer.arm(after: interval, leeway: interval / 10)
    heartbeatTimer = timer
  }

  private func beat(every interval: Duration) {
    heartbeatTimer?.arm(after: interval, leeway: interval / 10)
    Task {
      if let running { await running.runner.probe() } else { await self.answerAsStandby() }
    }
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

  /// The status of an active daemon; nil for a standby.
  private func activeStatus() async -> DaemonStatus? {
    running == nil ? nil : await status()
  }

  private func status() async -> DaemonStatus {
    let snapshot = await running?.runner.snapshot()
    return DaemonStatus(
      processID: getpid(), started: started, config: config.file,
      storeFailure: snapshot?.failure, engine: snapshot?.engine,
      replicas: await standby?.replica.status())
  }

  /// Serves the page and the API of a setup; the daemon goes on without them where it cannot.
  ///
  /// Sends the heartbeat and the sensors of the setup from here on, too. Returns the sentence of a failure.
  @discardableResult
  func serve(_ setup: Setup) async -> String? {
    await heartbeats.use(setup.heartbeat)
    await sensors.use(setup.notifiers)
    do throws(WebProblem) {
      try await web?.serve(
        setup,
        of: ObservedDaemon(
          environment: config.environment, status: { await self.status() },
          reload: { await self.requestReload() },
          poll: { await self.running?.runner.poll($0) }))
      return nil
    } catch {
      let problem = "the page is not served as the config has it: \(error.message)"
      log.error("\(problem)")
      return problem
    }
  }

  // MARK: Reloads

  private func requestReload() {
    reloads.add()
    startReloads()
  }

  /// Carries out the requests for a reload, one after the other.
  func startReloads() {
    guard running != nil || standby != nil, reloads.begin() else { return }
    Task {
      while !self.stopRequest.isMade, self.reloads.next() { await self.reload() }
      self.reloads.end()
    }
  }

  private func reload() async {
    guard var reloaded = running else { return await reloadStandby() }
    let waiting = reloaded.reloads.waiting()
    manager.reloading()
    var outcome = await reloaded.reload(config, log: log)
    if running != nil { running = reloaded }
    if outcome.exitStatus == 0 {
      if let problem = await serve(reloaded.setup) {
        outcome = ReloadOutcome(exitStatus: 1, text: "\(outcome.text); but \(problem)")
      }
      await propose(reloaded.setup)
    }
    manager.ready(status: reloaded.summary)
    await reloaded.runner.probe()
    reloaded.reloads.answer(waiting, with: outcome)
  }
}
