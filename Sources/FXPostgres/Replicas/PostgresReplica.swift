package import FXCore
import FXSystem

/// One of the daemons that share a PostgreSQL database.
///
/// Isolated to the store's lane. A standby reads the lease once a second; an active replica renews it when
/// no transaction has for two seconds. A standby takes the lease once it is free, or once it was unchanged
/// for a whole term: after an outage of the server the earlier holder can renew it first. It has more than
/// ten properties: the connections, the latest status, and the replica's own state.
package actor PostgresReplica: Replica {
  private nonisolated let lane: SocketLane
  private nonisolated let location: String
  private let session: PostgresSession
  private let client: PostgresClient

  /// The client that looks for a server that has replaced its own; nil where there is one host.
  private let lookout: PostgresClient?
  private var lookTime = Duration.zero
  private var isLooking = false
  private let trust = TrustedTime()
  private var contact: Contact

  /// The status of the latest contact, and its time.
  private var known = ReplicaStatus(isActive: false, members: [])
  private var contactTime: Duration?

  private var watch = LeaseWatch()

  /// The number of the newest event that was ever seen.
  private var latestEvent: Int64?

  /// The store while this replica is active.
  private var store: PostgresStore?

  /// The caller of `activate`.
  private var waiting: Waiting?

  private struct Waiting {
    let continuation: CheckedContinuation<Result<(any EngineStore)?, StoreProblem>, Never>
    let onLoss: @Sendable () -> Void
    let onCommand: @Sendable () -> Void
  }

  /// Called after a command has changed something, while this replica is active.
  private var onCommand: @Sendable () -> Void = {}

  /// True once the tables are of this version.
  private var isMigrated = false
  private var timer: LaneTimer?

  /// The ticks, of which the last one has ended before this replica leaves.
  private var turns = TurnQueue()
  private var isInContact = false
  private var contactWaiters: [CheckedContinuation<Void, Never>] = []
  private var hasLeft = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A replica that does not take part yet.
  init(_ target: PostgresTarget, name: String, version: String, lane: SocketLane) {
    self.lane = lane
    location = target.location
    session = PostgresSession(target)
    client = PostgresClient(target, lane: lane)
    lookout = target.hasSeveralHosts ? try? client.another(label: "postgresql hosts") : nil
    contact = Contact(
      id: ReplicaLease.newNonce(), name: name, version: version, started: SystemClock().now(),
      config: "")
  }

  // MARK: Replica

  package func join(config digest: String) async throws(StoreProblem) {
    contact.config = digest
    await getInTouch()
    if let problem = known.problem, problem.kind == .permanent { throw problem }
    let timer = LaneTimer(on: Lane(label: "lease")) { [weak self] in
      guard let self else { return }
      Task { await self.tick() }
    }
    self.timer = timer
    timer.arm(after: ReplicaLease.interval, leeway: .milliseconds(50))
  }

  package func propose(config digest: String) async {
    contact.config = digest
    do {
      _ = try await client.run(contact.proposal, within: PostgresLimits.commit)
    } catch {
      known.problem = StoreProblem(error, at: location)
    }
    // A contact that began before the proposal does not know it.
    while isInContact { await endOfContact() }
    await getInTouch()
  }

  package func activate(
    onLoss: @escaping @Sendable () -> Void, onCommand: @escaping @Sendable () -> Void
  ) async throws(StoreProblem) -> (any EngineStore)? {
    try await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<(any EngineStore)?, StoreProblem>, Never>) in
      guard !hasLeft else { return continuation.resume(returning: .success(nil)) }
      waiting = Waiting(continuation: continuation, onLoss: onLoss, onCommand: onCommand)
      // Where the lease is free, not only at the next tick.
      Task { await self.takeFreeLease() }
    }.get()
  }

  package func resign() async {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    await store?.release()
    store = nil
    watch.forget()
  }

  package func leave() async {
    hasLeft = true
    timer?.cancel()
    timer = nil
    // A lease that is being taken is given back, too.
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    await store?.release()
    store = nil
    if isMigrated {
      _ = try? await client.run([contact.farewell], within: PostgresLimits.connecting)
    }
    end(.success(nil))
  }

  package func status() -> ReplicaStatus {
    let elapsed = contactTime.map { SystemClock().sinceBoot() - $0 } ?? .zero
    var status = known
    status.isActive = store != nil
    status.members = known.members.map { member in
      ReplicaStatus.Member(
        name: member.name, isOwn: member.isOwn,
        isActive: member.isOwn ? store != nil : member.isActive, version: member.version,
        started: member.started, lag: member.lag + elapsed, generation: member.generation)
    }
    return status
  }

  // MARK: Contact

  private func tick() async {
    guard !hasLeft else { return }
    timer?.arm(after: ReplicaLease.interval, leeway: .milliseconds(50))
    lookForPrimary()
    if let store, let contactTime, SystemClock().sinceBoot() - contactTime < ReplicaLease.renewal {
      if await store.hasNewCommands() { onCommand() }
      return
    }
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    guard !hasLeft else { return }
    let wasAway = known.problem != nil
    await getInTouch()
    // The server is back: what waits for it need not wait for the next attempt.
    if wasAway, known.problem == nil, store != nil { onCommand() }
    await takeLease()
  }

  /// Looks for the primary now and then: after a partition an earlier one may still answer on a connection
  /// that was never lost.
  private func lookForPrimary() {
    let now = SystemClock().sinceBoot()
    guard let lookout, !isLooking, now - lookTime >= PostgresLimits.looking else { return }
    (lookTime, isLooking) = (now, true)
    Task {
      await lookout.lookForPrimary()
      isLooking = false
    }
  }

  private func getInTouch() async {
    guard !isInContact else { return }
    isInContact = true
    defer {
      isInContact = false
      for waiter in contactWaiters { waiter.resume() }
      contactWaiters = []
    }
    do {
      if !isMigrated { try Schema.migrate(session) }
      isMigrated = true
      let statements = contact.statements(isActive: store != nil)
      let answer: ContactAnswer
      if let store {
        answer = try contact.answer(
          try await store.write(statements + [ReplicaLease.isRenewal]))
      } else {
        // What a standby stores about itself need not survive a power cut.
        let results = try await client.run(
          [
            PostgresStatement("BEGIN"),
            PostgresStatement("SELECT set_config('synchronous_commit', 'off', true)"),
          ] + statements + [PostgresStatement("COMMIT")], within: PostgresLimits.commit)
        answer = try contact.answer(Array(results.dropFirst(2).dropLast()))
      }
      take(answer)
    } catch {
      let problem = StoreProblem(error, at: location)
      // Seen again only for a whole term from the return of the server on.
      watch.forget()
      known.problem = problem.kind == .lost ? nil : problem
    }
  }

  private func endOfContact() async {
    await withCheckedContinuation { continuation in
      if isInContact { contactWaiters.append(continuation) } else { continuation.resume() }
    }
  }

  private func take(_ answer: ContactAnswer) {
    let now = SystemClock().sinceBoot()
    known.members = answer.members
    known.problem = nil
    contactTime = now
    latestEvent = max(latestEvent ?? 0, answer.latestEvent)
    watch.record(answer.lease, at: now)
  }

  // MARK: Lease

  /// True if this replica may take the lease.
  private var mayTakeLease: Bool {
    store == nil && !hasLeft && waiting != nil && known.problem == nil && !known.isOutdated
      && watch.mayTake(at: SystemClock().sinceBoot())
  }

  private func takeFreeLease() async {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    // A newer config that joined meanwhile comes first.
    while isInContact { await endOfContact() }
    await getInTouch()
    await takeLease()
  }

  private func takeLease() async {
    guard mayTakeLease else { return }
    let nonce = ReplicaLease.newNonce()
    let begun = SystemClock().sinceBoot()
    do {
      let results = try await client.run(
        ReplicaLease.take(by: contact.name, nonce: nonce), within: PostgresLimits.commit)
      guard let taken = try ReplicaLease.taken(results, nonce: nonce), let waiting else { return }
      trust.renew(begun: begun)
      let store = PostgresStore(
        client, lane: lane, lease: taken, trust: trust, location: location,
        latestEvent: latestEvent
      ) { [weak self] in
        guard let self else { return }
        Task { await self.lose(epoch: taken.epoch, waiting.onLoss) }
      }
      self.store = store
      onCommand = waiting.onCommand
      // The others see at once who is active.
      await getInTouch()
      end(.success(store))
    } catch {
      known.problem = StoreProblem(error, at: location)
    }
  }

  /// Ends the time of the lease with an epoch; nothing if it was given back meanwhile.
  private func lose(epoch: Int64, _ onLoss: @Sendable () -> Void) async {
    guard let store, store.epoch == epoch else { return }
    let latest = await store.latestEvent
    latestEvent = max(latestEvent ?? 0, latest ?? 0)
    guard self.store === store else { return }
    self.store = nil
    watch.forget()
    onLoss()
  }

  private func end(_ result: Result<(any EngineStore)?, StoreProblem>) {
    waiting?.continuation.resume(returning: result)
    waiting = nil
  }
}
