import FXCore
import InMemoryStore
import Testing

/// A simulation of several replicas that share a store under a virtual clock: they are killed, frozen
/// (also between a commit and what follows from it) and cut off, answers are lost, and the store
/// loses its latest transactions.
///
/// The lease is that of the program; the loop around it is the shortest that keeps its promises: without
/// the store a replica keeps its events until they are committed, and does nothing else. Equal seeds
/// give equal runs.
struct ReplicaWorld: Sendable {
  /// One attempt that reached a receiver.
  struct Arrival: Hashable {
    let replica: String
    let notifier: String
    let id: String
    let sequence: Int64
    let orderingKey: String
    let data: JSONValue
    let wasTaken: Bool
  }

  /// One poll that reached a publisher.
  struct Poll: Hashable {
    let replica: String
    let source: SourceName
    let at: Timestamp
  }

  /// The faults of a world, each asked for at an instant.
  struct Faults: Sendable {
    /// The loss of a call between a replica and the server.
    var loss: @Sendable (_ replica: String, Timestamp) -> ReplicaServer.Loss? = { _, _ in nil }

    /// The time for which the process is frozen between a commit and what follows.
    var freeze: @Sendable (_ replica: String, Timestamp) -> Duration? = { _, _ in nil }

    /// True if an attempt of a receiver fails.
    var refuses: @Sendable (_ notifier: String, Timestamp) -> Bool = { _, _ in false }
  }

  private enum Item: Sendable {
    case tick
    case event(Event)
    case retry
  }

  private struct Entry: Sendable {
    let at: Timestamp
    let replica: Int
    /// Nil for an item that survives the process.
    let life: Int?
    let item: Item
  }

  let plan: Plan
  private let page: @Sendable (SourceName, Timestamp) -> FetchOutcome
  var faults = Faults()
  private(set) var now: Timestamp
  private(set) var server = ReplicaServer()
  private(set) var replicas: [SimulatedReplica]
  private(set) var arrivals: [Arrival] = []
  private(set) var polls: [Poll] = []

  /// The instants at which replicas became active, with their names.
  private(set) var activations: [(at: Timestamp, replica: String)] = []

  /// The actions of replicas while the lease was another one's.
  private(set) var violations: [String] = []

  private let start: Timestamp
  private var latestRewind: Timestamp?
  private var queue: [Entry] = []
  private var nonces = 0

  private static let latency = Duration.milliseconds(40)
  private static let retryPause = Duration.milliseconds(500)

  init(
    plan: Plan, replicas names: [String], start: Timestamp,
    page: @escaping @Sendable (SourceName, Timestamp) -> FetchOutcome
  ) {
    self.plan = plan
    self.page = page
    self.start = start
    now = start
    replicas = names.map(SimulatedReplica.init)
    for index in names.indices {
      add(.tick, to: index, at: start + .milliseconds(130 * Int64(index)), life: nil)
    }
  }

  /// The index of the holder of the lease that knows of it.
  var active: Int? { replicas.firstIndex { $0.lease?.nonce == server.nonce } }

  private func time(_ instant: Timestamp) -> Duration { instant - start }

  private mutating func add(_ item: Item, to replica: Int, at: Timestamp, life: Int?) {
    queue.append(Entry(at: at, replica: replica, life: life, item: item))
  }

  // MARK: Running

  /// Runs the simulation until `end`.
  mutating func run(until end: Timestamp) {
    while true {
      let next = queue.indices.min { queue[$0].at < queue[$1].at }
      let wakes = replicas.indices.compactMap { index in
        replicas[index].wake.map { (at: $0, replica: index) }
      }.min { $0.at < $1.at }
      guard let instant = [next.map { queue[$0].at }, wakes?.at].compactMap({ $0 }).min(),
        instant <= end
      else { break }
      now = max(now, instant)
      if let wakes, wakes.at == instant {
        replicas[wakes.replica].wake = nil
        carryOut(Entry(at: now, replica: wakes.replica, life: nil, item: .event(.woke)))
      } else if let next {
        carryOut(queue.remove(at: next))
      }
    }
    now = end
  }

  private mutating func carryOut(_ entry: Entry) {
    let replica = entry.replica
    guard entry.life.map({ $0 == replicas[replica].life }) ?? true else { return }
    if !replicas[replica].runs(at: now) {
      // A process that is down has no memory; one that is frozen does everything later.
      let until = replicas[replica].downUntil ?? replicas[replica].frozenUntil ?? now
      if case .tick = entry.item {
      } else if replicas[replica].downUntil.map({ $0 > now }) == true {
        return
      }
      queue.append(
        Entry(
          at: max(until, replicas[replica].frozenUntil ?? until), replica: replica,
          life: entry.life, item: entry.item))
      return
    }
    if let decision = replicas[replica].interrupted {
      replicas[replica].interrupted = nil
      follow(decision, of: replica)
    }
    switch entry.item {
    case .tick:
      tick(replica)
      add(.tick, to: replica, at: now + ReplicaLease.interval, life: nil)
    case .event(let event): handle(event, at: now, of: replica)
    case .retry: catchUp(replica)
    }
  }

  // MARK: Faults

  /// Kills a process; it starts again after a time.
  mutating func kill(_ replica: Int, for time: Duration) {
    replicas[replica].restart()
    replicas[replica].downUntil = now + time
  }

  /// Freezes a process for a time.
  mutating func freeze(_ replica: Int, for time: Duration) {
    replicas[replica].frozenUntil = now + time
  }

  /// Stops a process in order: it gives its lease back.
  mutating func stop(_ replica: Int, for time: Duration) {
    if let lease = replicas[replica].lease { server.release(lease) }
    kill(replica, for: time)
  }

  /// Loses the latest transactions; only with `keepsPast` of the server.
  mutating func rewind(by count: Int) {
    server.rewind(by: count)
    latestRewind = now
  }

  /// Lets the server keep the past to which `rewind` goes back.
  mutating func keepPast() { server.keepsPast = true }

  // MARK: The lease

  /// Returns the answer to a call of a replica.
  private mutating func call<Value>(
    _ replica: Int, _ work: (inout ReplicaServer) throws -> Value
  ) throws -> ReplicaServer.Answer<Value> {
    let loss = faults.loss(replicas[replica].name, now)
    if loss == .request { return .unknown }
    let value = try work(&server)
    return loss == .answer ? .unknown : .answered(value)
  }

  private mutating func tick(_ replica: Int) {
    if replicas[replica].lease != nil {
      guard now - replicas[replica].latestContact >= ReplicaLease.renewal,
        replicas[replica].pending.isEmpty
      else { return }
      _ = renew(replica)
      return
    }
    let instant = now
    guard
      case .answered(let (record, latest)) = try? call(
        replica, { ($0.lease(at: instant), $0.tables.events.last?.sequence ?? 0) })
    else { return replicas[replica].watch.forget() }
    replicas[replica].watch.record(record, at: time(now))
    replicas[replica].latestEvent = max(replicas[replica].latestEvent, latest)
    guard replicas[replica].watch.mayTake(at: time(now)) else { return }
    nonces += 1
    let (name, nonce) = (replicas[replica].name, "nonce \(nonces)")
    guard
      case .answered(let lease?) = try? call(
        replica, { $0.take(by: name, nonce: nonce, at: instant) })
    else { return }
    begin(replica, with: lease)
  }

  /// Loads the state, and starts the engine.
  private mutating func begin(_ replica: Int, with lease: ReplicaLease) {
    replicas[replica].lease = lease
    replicas[replica].trustEnd = ReplicaLease.trustEnd(afterRenewalAt: time(now))
    replicas[replica].latestContact = now
    activations.append((now, replicas[replica].name))
    let stored = server.tables.stored(known: replicas[replica].latestEvent)
    replicas[replica].latestEvent = stored.latestEvent
    replicas[replica].engine = Engine(
      plan: plan, stored: stored, zones: GreenwichZones(), now: now)
    handle(.started, at: now, of: replica)
  }

  /// True if a replica may act: it relies on its lease, or has just renewed it.
  private mutating func mayAct(_ replica: Int) -> Bool {
    guard replicas[replica].lease != nil else { return false }
    return time(now) < replicas[replica].trustEnd || renew(replica)
  }

  private mutating func renew(_ replica: Int) -> Bool { commit(Changeset(), of: replica) }

  /// Commits a changeset; false if it is not known to be committed, or the lease is lost.
  private mutating func commit(_ changeset: Changeset, of replica: Int) -> Bool {
    if replicas[replica].isInDoubt, !settle(replica) { return false }
    guard let lease = replicas[replica].lease else { return false }
    let instant = now
    do {
      guard
        case .answered = try call(replica, { try $0.apply(changeset, lease, at: instant) })
      else {
        replicas[replica].isInDoubt = true
        return false
      }
    } catch is ReplicaServer.Fenced {
      replicas[replica].isInDoubt = true
      guard settle(replica) else { return false }
      return commit(changeset, of: replica)
    } catch {
      Issue.record(error)
      return false
    }
    replicas[replica].lease?.commits += 1
    replicas[replica].trustEnd = ReplicaLease.trustEnd(afterRenewalAt: time(now))
    replicas[replica].latestContact = now
    if let latest = changeset.events.last?.sequence {
      replicas[replica].latestEvent = max(replicas[replica].latestEvent, latest)
    }
    return true
  }

  /// Finds out what happened to the latest commit; false if that is not known, or the lease is lost.
  private mutating func settle(_ replica: Int) -> Bool {
    let instant = now
    guard case .answered(let record) = try? call(replica, { $0.lease(at: instant) }) else {
      return false
    }
    replicas[replica].isInDoubt = false
    if replicas[replica].lease?.settle(with: record) != nil {
      replicas[replica].stepDown()
      return false
    }
    return true
  }

  // MARK: Events

  private mutating func handle(_ event: Event, at instant: Timestamp, of replica: Int) {
    guard let engine = replicas[replica].engine else { return }
    guard replicas[replica].pending.isEmpty, mayAct(replica) else {
      return wait(with: event, at: instant, of: replica)
    }
    let decision = engine.decide(event, at: instant)
    guard decision.changeset.isEmpty || commit(decision.changeset, of: replica) else {
      return wait(with: event, at: instant, of: replica)
    }
    if let time = faults.freeze(replicas[replica].name, now) {
      replicas[replica].interrupted = decision
      return freeze(replica, for: time)
    }
    follow(decision, of: replica)
  }

  private mutating func wait(with event: Event, at instant: Timestamp, of replica: Int) {
    guard replicas[replica].engine != nil else { return }
    if replicas[replica].pending.isEmpty {
      add(.retry, to: replica, at: now + Self.retryPause, life: replicas[replica].life)
    }
    replicas[replica].pending.append((event, instant))
  }

  private mutating func catchUp(_ replica: Int) {
    let pending = replicas[replica].pending
    replicas[replica].pending = []
    for (event, instant) in pending { handle(event, at: instant, of: replica) }
  }

  /// Absorbs a committed decision, and starts what follows, unless another replica has taken over.
  private mutating func follow(_ decision: Decision, of replica: Int) {
    guard let commands = replicas[replica].engine?.absorb(decision, at: now) else { return }
    replicas[replica].wake = commands.wake
    let life = replicas[replica].life
    for fetch in commands.fetches where mayAct(replica) {
      noteAction("polls", replica)
      polls.append(Poll(replica: replicas[replica].name, source: fetch.source, at: now))
      add(
        .event(.fetched(fetch.source, page(fetch.source, now))), to: replica,
        at: now + Self.latency, life: life)
    }
    for lease in commands.leases where mayAct(replica) { attempt(lease, of: replica) }
    for query in commands.loads {
      let page = server.tables.openDeliveries(query)
      handle(.loaded(LoadedPage(to: query, page: page)), at: now, of: replica)
    }
    if let source = commands.unfinished { handle(.continued(source), at: now, of: replica) }
  }

  /// Takes note of what a replica does beside another one, except within a term of a rewind: a lease that
  /// was taken last may be lost with it, and that of the holder before be back.
  private mutating func noteAction(_ action: String, _ replica: Int) {
    guard replicas[replica].lease?.nonce != server.nonce,
      latestRewind.map({ now - $0 > ReplicaLease.term }) ?? true
    else { return }
    violations.append("\(replicas[replica].name) \(action) at \(now) without the lease")
  }

  private mutating func attempt(_ lease: Lease, of replica: Int) {
    var reports: [DeliveryReport] = []
    for entry in lease.entries {
      guard let notification = server.tables.notifications(of: [entry.sequence])[entry.sequence]
      else { continue }
      noteAction("sends", replica)
      let fails = faults.refuses(lease.notifier, now)
      arrivals.append(
        Arrival(
          replica: replicas[replica].name, notifier: lease.notifier, id: notification.id,
          sequence: entry.sequence, orderingKey: entry.orderingKey,
          data: notification.read.data, wasTaken: !fails))
      reports.append(
        DeliveryReport(
          sequence: entry.sequence,
          outcome: fails ? .retry(because: "HTTP 503") : .delivered(detail: "HTTP 204")))
      if fails { break }
    }
    add(
      .event(
        .delivered([LeaseReport(notifier: lease.notifier, reports: reports, isLast: true)])),
      to: replica, at: now + Self.latency, life: replicas[replica].life)
  }
}

extension StoreModel {
  /// Returns the state, with the rewind that a replica notices which has seen an event before.
  fileprivate func stored(known: Int64) -> StoredState {
    let plain = stored
    guard known > plain.latestEvent else { return plain }
    return StoredState(
      installation: plain.installation, latestEvent: plain.latestEvent, sources: plain.sources,
      series: plain.series, alerts: plain.alerts, outbox: plain.outbox, waiting: plain.waiting,
      disabled: plain.disabled, failing: plain.failing, held: plain.held,
      suppressions: plain.suppressions, alertBases: plain.alertBases,
      rewind: StoreRewind(
        expected: known, found: plain.latestEvent, since: events.last?.notification.timestamp))
  }
}
