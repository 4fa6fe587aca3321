import FXCore
import FXNotifiers
import FXSystem
import Logging

/// Runs the engine: one event at a time is decided, committed and absorbed, and its commands are
/// carried out; their outcomes come back as events.
///
/// Isolated to the control lane. A commit that fails changes nothing: the decision is dropped, and the
/// event is decided anew once the store accepts it (see `StoreOutage`). It has twelve properties: the engine
/// with its config, and one for each thing that is under way.
actor EngineRunner {
  private nonisolated let lane: Lane
  private let ports: Ports

  /// The engine; nil before the first plan.
  private var engine: Engine?

  /// The config of the current plan.
  private var setup: Setup?

  private var inbox = Inbox()

  /// The task that empties the inbox; nil while it is empty.
  private var worker: Task<Void, Never>?

  /// Transfers and deliveries in progress.
  private var tasks = TasksInProgress()

  private lazy var timers = RunnerTimers(on: lane) { [weak self] timer in
    self?.assumeIsolated { $0.handle(timer) }
  }

  /// The state of a store that accepts nothing; nil while it works.
  private var outage: StoreOutage?

  /// The silences and acknowledgements that the engine does not have yet; nil where it has all.
  private var newSuppressions: Suppressions?

  private var notifications = NotificationCache()
  private var outcomes = OutcomeBatch()

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  private var clock: SystemClock { SystemClock() }

  /// A runner without a plan.
  init(lane: Lane, ports: Ports) {
    self.lane = lane
    self.ports = ports
  }

  // MARK: Requests

  /// Replaces the plan, once everything in the inbox is done; returns the alerts that fire because of it,
  /// one line each.
  ///
  /// Throws, with the old plan still active, when the store cannot load the state.
  func adopt(_ setup: Setup) async throws(StoreProblem) -> [String] {
    let result = await withCheckedContinuation { continuation in
      post(.plan(setup) { continuation.resume(returning: $0) })
    }
    return try result.get()
  }

  /// Calls `onAlive` once the items in the inbox so far are done and the store has answered: the watchdog's
  /// probe.
  func probe() { post(.probe) }

  /// Reads what a command has changed, without waiting for the next event.
  func readCommands() { post(.commands) }

  /// Polls a source now, unless it is polled already.
  func poll(_ source: SourceName) { post(.event(.pollRequested(source))) }

  /// Returns the engine's snapshot, nil before the first plan, and the failure of the store, if any.
  ///
  /// Does not wait for the event that is being handled: a store that hangs delays no answer.
  func snapshot() -> (engine: EngineSnapshot?, failure: DaemonStatus.StoreFailure?) {
    ((outage?.engine ?? engine)?.snapshot(at: clock.now()), outage?.failure)
  }

  /// Returns a picture of the current rates; nil before the first plan.
  func rates() -> RatesSnapshot? { (outage?.engine ?? engine)?.rates(at: clock.now()) }

  /// Starts nothing new, and returns once everything in progress has ended and is committed.
  ///
  /// Tasks that have not ended after `patience` are cancelled: deliveries are in the outbox and continue
  /// at the next start.
  func stop(patience: Duration) async {
    tasks.close()
    timers.cancelWakeUps()
    let running = tasks.all
    let limit = LaneTimer(on: lane) { for task in running { task.cancel() } }
    limit.arm(after: patience, leeway: .zero)
    for task in running { await task.value }
    limit.cancel()
    timers.cancelRetry()
    post(.catchUp)
    await worker?.value
    guard let since = outage?.failure.since else { return }
    ports.log.error(
      "events since \(since) could not be stored; all sources are polled again at the next start",
      metadata: LogKind.storeFailing.with())
  }

  // MARK: Inbox

  private func post(_ item: Inbox.Item) {
    inbox.append(item)
    guard worker == nil else { return }
    worker = Task { await self.emptyInbox() }
  }

  private func emptyInbox() async {
    while let item = inbox.popFirst() {
      switch item {
      case .event(let event): await handle(event)
      case .outcomes: await commitOutcomes()
      case .load(let query): await load(query)
      case .plan(let setup, let done): done(await replacePlan(with: setup))
      case .probe: await answerProbe()
      case .commands: await noticeCommands()
      case .catchUp: await catchUp()
      }
    }
    worker = nil
  }

  private func handle(_ timer: RunnerTimers.Timer) {
    switch timer {
    case .wakeUp:
      checkClock()
      post(.event(.woke))
    case .clockStep: checkClock()
    case .outcomes: post(.outcomes)
    case .retry: post(.catchUp)
    }
  }

  /// Reports a step of the wall clock to the engine: due times move with it.
  private func checkClock() {
    if let step = timers.clockStep() { post(.event(.clockStepped(by: step))) }
  }

  // MARK: Events

  /// Decides on an event, commits the decision, absorbs it and carries out the commands; during a
  /// store outage in memory only.
  @discardableResult private func handle(_ event: Event) async -> Decision? {
    if !event.isClockStep, let step = timers.clockStep() {
      // Before anything is decided at the new time: what waits is no older for it.
      await handle(.clockStepped(by: step))
    }
    let now = clock.now()
    if outage == nil {
      do throws(StoreProblem) {
        if !ports.store.isTrusted { try await ports.store.answer() }
        if event.mayFire { try await loadSuppressions() }
        // Loading may have begun an outage.
        if outage == nil {
          guard let (decision, commands) = try await commit(event, at: now) else { return nil }
          checkWakeUp(event, hadEffect: !decision.changeset.isEmpty || !commands.isIdle)
          carryOut(commands)
          // Logged while the commands run.
          log(decision)
          return decision
        }
      } catch {
        let problem = await ports.takeover() ?? error
        if problem.kind == .lost { tasks.close() }
        guard let engine, !tasks.isClosed else { return nil }
        await beginOutage(of: engine, because: problem)
      }
    }
    guard let (decision, commands) = outage?.handle(event, at: now) else { return nil }
    log(decision)
    checkWakeUp(event, hadEffect: !decision.changeset.isEmpty || !commands.isIdle)
    carryOut(outage?.possible(commands) ?? commands)
    return decision
  }

  /// Logs a decision, without the events that a notifier writes to the same place.
  private func log(_ decision: Decision) {
    let inLog = setup?.outputs.inLog ?? []
    for entry in decision.logEntries where !entry.repeats(anyOf: inLog) {
      entry.write(to: ports.log)
    }
  }

  /// Decides on an event, commits the decision and only then absorbs it; nil without an engine.
  private func commit(
    _ event: Event, at now: Timestamp
  ) async throws(StoreProblem) -> (decision: Decision, commands: Commands)? {
    guard let decision = engine?.decide(event, at: now) else { return nil }
    if !decision.changeset.isEmpty { try await ports.store.apply(decision.changeset) }
    notifications.record(decision.changeset)
    guard let commands = engine?.absorb(decision, at: now) else { return nil }
    if event == .started || !decision.changeset.isEmpty { ports.onCommit() }
    return (decision, commands)
  }

  /// Commits the outcomes of deliveries since the last time, all in one transaction.
  private func commitOutcomes() async {
    timers.disarmOutcomes()
    let (leases, waiting) = outcomes.removeAll(at: clock.monotonic())
    guard !leases.isEmpty else { return }
    await handle(.delivered(leases))
    for continuation in waiting { continuation.resume() }
  }

  private func noticeCommands() async {
    // The store may have returned.
    guard outage == nil else { return await catchUp() }
    do throws(StoreProblem) { try await loadSuppressions() } catch {
      ports.log.error("\(error.message)", metadata: LogKind.storeFailing.with())
    }
  }

  /// Loads silences and acknowledgements that commands have written into the store, and all of the state
  /// where they have dropped or opened deliveries.
  private func loadSuppressions() async throws(StoreProblem) {
    if let changed = try await ports.store.changedSuppressions(now: clock.now()) {
      newSuppressions = changed
    }
    guard let changed = newSuppressions else { return }
    if let engine, let setup, try await ports.store.waiting() != engine.waiting {
      self.engine = try await ports.engine(for: setup, continuing: engine)
      await ports.deliverer.withdrawClosed()
      await handle(.started)
    }
    engine?.setSuppressions(changed, at: clock.now())
    newSuppressions = nil
  }

  /// Reads open deliveries and hands them to the engine, with nothing committed in between; after an
  /// outage if there is one.
  private func load(_ query: OutboxQuery) async {
    guard outage == nil else {
      outage?.withhold(query)
      return
    }
    var page: OutboxPage?
    do throws(StoreProblem) {
      page = try await ports.store.openDeliveries(query)
    } catch {
      ports.log.error("\(error.message)", metadata: LogKind.storeFailing.with())
    }
    if let step = timers.clockStep() {
      // The times that were read have moved.
      page = nil
      await handle(.clockStepped(by: step))
    }
    await handle(.loaded(LoadedPage(to: query, page: page)))
  }

  private func checkWakeUp(_ event: Event, hadEffect: Bool) {
    guard timers.isRunaway(isWakeUp: event == .woke, hadEffect: hadEffect) else { return }
    ports.log.critical(
      "\(RunnerTimers.runawayWakeUps) wake-ups without effect; pausing 1 s. Please report this bug")
  }

  // MARK: Store outages

  private func beginOutage(of engine: Engine, because problem: StoreProblem) async {
    ports.log.error("\(problem.message)", metadata: LogKind.storeFailing.with())
    outage = StoreOutage(
      from: engine, localNotifiers: await ports.deliverer.localNotifiers, problem: problem)
    retryLater()
  }

  /// Commits the events of an outage, as far as the store accepts them.
  ///
  /// The sources were polled and the local notifiers notified meanwhile; the other notifiers are
  /// notified now.
  private func catchUp() async {
    guard outage != nil else { return }
    var last: Commands?
    do throws(StoreProblem) {
      while let step = outage?.steps.first {
        guard let (_, commands) = try await commit(step.event, at: step.at) else { return }
        guard let remaining = outage?.removeFirst(commands) else { return }
        carryOut(remaining)
        last = remaining
      }
    } catch {
      if outage?.problem != error {
        ports.log.error("\(error.message)", metadata: LogKind.storeFailing.with())
      }
      outage?.problem = error
      if error.kind == .lost { tasks.close() }
      return retryLater()
    }
    last?.leases = []
    last?.fetches = outage?.withheld ?? []
    last?.loads = []
    let loads = outage?.withheldLoads ?? []
    outage = nil
    ports.log.notice(
      "the store works again; no event was lost", metadata: LogKind.storeWorking.with())
    for query in loads { post(.load(query)) }
    if let last { carryOut(last) }
  }

  private func retryLater() {
    guard !tasks.isClosed, let pause = outage?.nextPause() else { return }
    timers.armRetry(after: pause)
  }

  // MARK: Plans and probes

  private func replacePlan(with setup: Setup) async -> Result<[String], StoreProblem> {
    await catchUp()
    if let outage { return .failure(outage.problem) }
    let next: Engine
    do throws(StoreProblem) {
      next = try await ports.engine(for: setup, continuing: engine)
    } catch {
      return .failure(error)
    }
    await ports.fetcher.use(setup.sources)
    await ports.deliverer.use(setup.notifiers)
    engine = next
    self.setup = setup
    let decision = await handle(.started)
    return .success(decision?.firingLines ?? [])
  }

  private func answerProbe() async {
    guard let engine else { return }
    guard !timers.isWakeUpOverdue else {
      return ports.log.critical("the wake-up timer did not fire. Please report this bug")
    }
    do throws(StoreProblem) {
      try await ports.store.answer()
      ports.onAlive((outage?.engine ?? engine).snapshot(at: clock.now()), outage?.problem)
    } catch {
      ports.log.error(
        "the store does not answer: \(error.message)", metadata: LogKind.storeFailing.with())
    }
  }

  // MARK: Commands

  /// Starts what the engine asks for.
  private func carryOut(_ commands: Commands) {
    if let source = commands.unfinished { inbox.appendPortion(of: source) }
    guard !tasks.isClosed else { return }
    for fetch in commands.fetches {
      start {
        // Much later than the commit, if this process was frozen meanwhile.
        if self.outage == nil, await self.ports.takeover() != nil { self.tasks.close() }
        guard !self.tasks.isClosed else { return }
        for outcome in await self.ports.fetcher.fetch(fetch) {
          self.post(.event(.fetched(fetch.source, outcome)))
        }
      }
    }
    for query in commands.loads { post(.load(query)) }
    for lease in commands.leases {
      let known = notifications.notifications(of: lease.entries)
        .merging(outage?.notifications ?? [:]) { $1 }
      start {
        await self.ports.deliverer.carryOut(lease, known: known) { await self.record($0) }
      }
    }
    timers.setWakeUp(commands.wake)
  }

  /// Records outcomes of deliveries, and returns once they are committed: at once, or together with
  /// those of the next milliseconds.
  private func record(_ lease: LeaseReport) async {
    await withCheckedContinuation { continuation in
      guard let wait = outcomes.append(lease, waiting: continuation, at: clock.monotonic()) else {
        return
      }
      if wait > .zero { timers.armOutcomes(after: wait) } else { post(.outcomes) }
    }
  }

  private func start(_ work: @escaping () async -> Void) {
    let number = tasks.nextNumber
    tasks.add(
      Task {
        await withTaskExecutorPreference(lane) { await work() }
        self.tasks.remove(number)
      })
  }
}
