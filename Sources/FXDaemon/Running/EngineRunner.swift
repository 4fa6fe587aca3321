import FXCore
import FXNotifiers
import FXSystem
import Logging

/// Runs the engine: one event at a time is decided, committed and absorbed, and its commands sent
/// out; their outcomes come back as events.
///
/// Isolated to the control lane. A commit that fails costs nothing: the decision is dropped, and the
/// event decided anew once the store takes it, which is tried after a pause that grows to a minute.
/// Meanwhile a rehearsal goes on with what happens.
actor EngineRunner {
  /// How long the first pause after a failed commit lasts, and the longest.
  private static let firstPause: Duration = .milliseconds(200)
  private static let longestPause: Duration = .seconds(60)

  /// The most the alarm may come late so that the machine can sleep, as a share of the wait.
  private static let leewayShare = 50

  /// A jump of the wall clock against the monotonic one beyond this is a clock that was set.
  private static let clockTolerance: Duration = .seconds(2)

  /// An alarm that is later than this is an alarm that does not come: the watchdog hears no more.
  private static let alarmTolerance: Duration = .seconds(10)

  /// A wake-up that finds nothing to do for this many times in a row is a fault of ours.
  private static let runawayWakes = 1000

  private nonisolated let lane: Lane
  private let store: any EngineStore
  private let fetcher: Fetcher
  private let deliverer: Deliverer
  private let log: Logger
  private let clock = SystemClock()
  private let zones: any Zones

  /// Called once per answered probe: the engine, the store and the alarm have all moved.
  ///
  /// With how things stand, and with what keeps the store from taking more.
  private let onAlive: @Sendable (EngineSnapshot, StoreProblem?) -> Void

  private var engine: Engine?
  private var inbox = Inbox()
  private var pump: Task<Void, Never>?
  private var isStopping = false
  private var alarm: LaneTimer?
  private var clockSteps: ClockStepWatch?
  private var retry: LaneTimer?
  private var lastStoreProblem: StoreProblem?
  private var pause = firstPause

  /// How things go on while the store takes nothing; nil while it does.
  private var rehearsal: StoreOutage?

  /// The notifiers that can tell what the store does not have: their readers see no identifiers.
  private var localNotifiers: Set<String> = []

  private var recent = NotificationCache()
  private var ended = OutcomeBatch()
  private var settling: LaneTimer?

  /// When the alarm is set to go off, by the monotonic clock.
  private var alarmDue: Duration?
  private var wallMinusMonotonic: Duration
  private var idleWakes = 0
  private var underWay: [Int: Task<Void, Never>] = [:]
  private var nextTask = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A conductor without a plan.
  init(
    lane: Lane, store: any EngineStore, fetcher: Fetcher, deliverer: Deliverer,
    zones: any Zones, log: Logger,
    onAlive: @escaping @Sendable (EngineSnapshot, StoreProblem?) -> Void
  ) {
    self.lane = lane
    self.store = store
    self.fetcher = fetcher
    self.deliverer = deliverer
    self.zones = zones
    self.log = log
    self.onAlive = onAlive
    wallMinusMonotonic = Self.wallMinusMonotonic(SystemClock())
  }

  // MARK: From outside

  /// Puts a plan in place of the one before, once what is in the inbox is done; throws, with the old
  /// plan still live, when the store cannot say what is known.
  func adopt(_ setup: Setup) async throws(StoreProblem) {
    if clockSteps == nil {
      // Without it a clock that was set is noticed at the next wake-up.
      clockSteps = try? ClockStepWatch(on: lane) { [weak self] in
        self?.assumeIsolated { $0.noteClock() }
      }
    }
    let problem = await withCheckedContinuation { continuation in
      post(.plan(setup) { continuation.resume(returning: $0) })
    }
    if let problem { throw problem }
  }

  /// Asks for a sign of life: answered through `onAlive` once the pump has come by and the store has
  /// answered.
  func probe() { post(.probe) }

  /// Returns the engine's snapshot, nil before the first plan, and the failure of the store, if any.
  ///
  /// Does not wait for the event that is being handled: a store that hangs delays no answer.
  func snapshot() -> (engine: EngineSnapshot?, failure: DaemonStatus.StoreFailure?) {
    let snapshot = (rehearsal?.engine ?? engine)?.snapshot(at: clock.now())
    let steps = rehearsal?.steps ?? []
    let failure = lastStoreProblem.map {
      DaemonStatus.StoreFailure(
        since: steps.first?.at, waitingCount: steps.count, reason: $0.message)
    }
    return (snapshot, failure)
  }

  /// Stops asking and telling, and comes back once what is under way has ended and is committed.
  ///
  /// What has not ended after `patience` is cancelled: it is in the outbox and goes on at the next
  /// start.
  func stop(patience: Duration) async {
    isStopping = true
    alarm?.cancel()
    clockSteps = nil
    let tasks = Array(underWay.values)
    let impatience = LaneTimer(on: lane) { for task in tasks { task.cancel() } }
    impatience.arm(after: patience, leeway: .zero)
    for task in tasks { await task.value }
    impatience.cancel()
    retry?.cancel()
    post(.catchUp)
    await pump?.value
    guard let since = rehearsal?.steps.first?.at else { return }
    log.error(
      "what happened since \(since) could not be stored; sources are asked anew at the next start",
      metadata: LogKind.storeFailing.with())
  }

  // MARK: The pump

  private func post(_ item: Inbox.Item) {
    inbox.add(item)
    guard pump == nil else { return }
    pump = Task { await self.work() }
  }

  private func work() async {
    while let item = inbox.next() {
      switch item {
      case .event(let event): await take(event)
      case .settle: await settle()
      case .plan(let setup, let done): done(await replacePlan(with: setup))
      case .probe: await answerProbe()
      case .catchUp: await catchUp()
      }
    }
    pump = nil
  }

  /// Commits how attempts ended since the last time, all in one transaction.
  private func settle() async {
    settling?.disarm()
    let all = ended.takeAll(at: clock.monotonic())
    guard !all.leases.isEmpty else { return }
    await take(.delivered(all.leases))
    for continuation in all.waiting { continuation.resume() }
  }

  /// Decides, commits, absorbs, and follows the commands; where the store takes nothing, goes on
  /// without it.
  private func take(_ event: Event) async {
    let now = clock.now()
    if rehearsal == nil {
      do throws(StoreProblem) {
        if event.mayFire { try await learnSuppressions() }
        guard let (decision, commands) = try await commit(event, at: now) else { return }
        noteWake(event, did: !decision.changeset.isEmpty || !commands.isIdle)
        follow(commands)
        // While what is to be done is under way.
        for remark in decision.remarks { remark.write(to: log) }
        return
      } catch {
        guard let engine, !isStopping else { return }
        note(error)
        rehearsal = StoreOutage(from: engine)
        retryLater()
      }
    }
    guard let (decision, commands) = rehearsal?.take(event, at: now) else { return }
    for remark in decision.remarks { remark.write(to: log) }
    noteWake(event, did: !decision.changeset.isEmpty || !commands.isIdle)
    var possible = commands
    possible.leases.removeAll { !localNotifiers.contains($0.notifier) }
    follow(possible)
  }

  /// Decides on an event, has the store take that, and only then the engine; nil without an engine.
  private func commit(
    _ event: Event, at now: Timestamp
  ) async throws(StoreProblem) -> (decision: Decision, commands: Commands)? {
    guard let decision = engine?.decide(event, at: now) else { return nil }
    if !decision.changeset.isEmpty { try await store.apply(decision.changeset) }
    recent.note(decision.changeset)
    guard let commands = engine?.absorb(decision, at: now) else { return nil }
    return (decision, commands)
  }

  /// Has the store take what was rehearsed, as far as it does.
  ///
  /// The sources were asked and the local notifiers told meanwhile; all others are told now.
  private func catchUp() async {
    guard rehearsal != nil else { return }
    var last: Commands?
    do throws(StoreProblem) {
      while let step = rehearsal?.steps.first {
        guard var (_, commands) = try await commit(step.event, at: step.at) else { return }
        rehearsal?.dropFirst()
        commands.fetches = []
        // Whatever came of it was rehearsed, too.
        commands.unfinished = nil
        commands.leases.removeAll { localNotifiers.contains($0.notifier) }
        follow(commands)
        last = commands
      }
    } catch {
      note(error)
      return retryLater()
    }
    last?.leases = []
    last?.fetches = rehearsal?.withheld ?? []
    rehearsal = nil
    pause = Self.firstPause
    lastStoreProblem = nil
    log.notice("the store works again; nothing was lost", metadata: LogKind.storeWorking.with())
    if let last { follow(last) }
  }

  private func note(_ problem: StoreProblem) {
    guard lastStoreProblem != problem else { return }
    log.error("\(problem.message)", metadata: LogKind.storeFailing.with())
    lastStoreProblem = problem
  }

  private func retryLater() {
    guard !isStopping else { return }
    let timer =
      retry
      ?? LaneTimer(on: lane) { [weak self] in self?.assumeIsolated { $0.post(.catchUp) } }
    retry = timer
    timer.arm(after: pause, leeway: .zero)
    pause = min(pause * 2, Self.longestPause)
  }

  /// Has the engine know what other processes wrote: silences are made by commands.
  private func learnSuppressions() async throws(StoreProblem) {
    guard let changed = try await store.changedSuppressions(now: clock.now()) else { return }
    engine?.learn(changed, at: clock.now())
  }

  private func replacePlan(with setup: Setup) async -> StoreProblem? {
    await catchUp()
    if rehearsal != nil { return lastStoreProblem }
    let stored: StoredState
    do throws(StoreProblem) {
      stored = try await store.load(reach: setup.plan.reach, now: clock.now())
    } catch {
      return error
    }
    await fetcher.use(setup.sources)
    await deliverer.use(setup.notifiers)
    localNotifiers = Set(setup.notifiers.filter(\.isLocal).map(\.name))
    engine = Engine(
      plan: setup.plan, stored: stored, zones: zones, now: clock.now(), continuing: engine,
      eventsAtOnce: EngineLimits.eventsAtOnce)
    await take(.started)
    return nil
  }

  private func answerProbe() async {
    guard let engine else { return }
    if let alarmDue, clock.monotonic() > alarmDue + Self.alarmTolerance {
      return log.critical("the alarm that was due does not come. Please report this")
    }
    do throws(StoreProblem) {
      try await store.answer()
      onAlive((rehearsal?.engine ?? engine).snapshot(at: clock.now()), lastStoreProblem)
    } catch {
      log.error(
        "the store does not answer: \(error.message)", metadata: LogKind.storeFailing.with())
    }
  }

  // MARK: Commands

  /// Has commands carried out.
  private func follow(_ commands: Commands) {
    if let source = commands.unfinished { inbox.goOn(with: source) }
    guard !isStopping else { return }
    for fetch in commands.fetches {
      start {
        for outcome in await self.fetcher.fetch(fetch) {
          self.post(.event(.fetched(fetch.source, outcome)))
        }
      }
    }
    for lease in commands.leases {
      let known = recent.known(of: lease.entries).merging(rehearsal?.notifications ?? [:]) { $1 }
      start {
        await self.deliverer.carryOut(lease, known: known) { await self.settle($0) }
      }
    }
    setAlarm(commands.wake)
  }

  /// Comes back once it is committed how attempts ended: at once, or with what ends within the next
  /// moments.
  private func settle(_ lease: LeaseReport) async {
    await withCheckedContinuation { note(lease, waiting: $0) }
  }

  private func note(_ lease: LeaseReport, waiting: CheckedContinuation<Void, Never>) {
    guard let wait = ended.note(lease, waiting: waiting, at: clock.monotonic()) else { return }
    guard wait > .zero else { return post(.settle) }
    let timer =
      settling ?? LaneTimer(on: lane) { [weak self] in self?.assumeIsolated { $0.post(.settle) } }
    settling = timer
    timer.arm(after: wait, leeway: .zero)
  }

  private func start(_ work: @escaping () async -> Void) {
    let number = nextTask
    nextTask += 1
    underWay[number] = Task {
      await withTaskExecutorPreference(lane) { await work() }
      self.underWay[number] = nil
    }
  }

  private func setAlarm(_ wake: Timestamp?) {
    let alarm =
      self.alarm
      ?? LaneTimer(on: lane) { [weak self] in self?.assumeIsolated { $0.rang() } }
    self.alarm = alarm
    guard let wake else {
      alarmDue = nil
      return alarm.disarm()
    }
    let wait = max(.zero, wake - clock.now())
    alarmDue = clock.monotonic() + wait
    alarm.arm(after: wait, leeway: min(wait / Self.leewayShare, .seconds(1)))
  }

  private func rang() {
    alarmDue = nil
    noteClock()
    post(.event(.woke))
  }

  /// Has the engine know when the wall clock was set: what is due moves with it.
  private func noteClock() {
    let offset = Self.wallMinusMonotonic(clock)
    let step = offset - wallMinusMonotonic
    guard step > Self.clockTolerance || step < .zero - Self.clockTolerance else { return }
    wallMinusMonotonic = offset
    post(.event(.clockStepped(by: step)))
  }

  /// A stretch of wake-ups with nothing to do is a fault of ours: it is slowed down and said, rather
  /// than let loose on somebody's server.
  private func noteWake(_ event: Event, did something: Bool) {
    guard event == .woke, !something else {
      idleWakes = 0
      return
    }
    idleWakes += 1
    guard idleWakes == Self.runawayWakes else { return }
    idleWakes = 0
    log.critical(
      "woke \(Self.runawayWakes) times with nothing to do; pausing a second. Please report this")
    alarm?.arm(after: .seconds(1), leeway: .zero)
  }

  private static func wallMinusMonotonic(_ clock: SystemClock) -> Duration {
    .milliseconds(clock.now().milliseconds) - clock.monotonic()
  }
}
