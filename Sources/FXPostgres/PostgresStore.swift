package import FXCore
import FXSystem

/// History, alert states and the outbox in a PostgreSQL database, as the active replica uses them.
///
/// Isolated to the store's lane. Each transaction is one round trip and begins with the fence of the
/// lease. Where the answer to a commit is lost, the lease shows what happened: its number of commits is
/// one higher, the same, or lower where the server itself has lost its tail in a failover. The state is
/// loaded through a connection of its own, beside which the lease is renewed, however long it takes. It has
/// more than ten properties: besides the connection those of the lease, and of what is known of the tables.
package actor PostgresStore: EngineStore {
  private nonisolated let lane: SocketLane
  private nonisolated let trust: TrustedTime
  private nonisolated let location: String
  private let client: PostgresClient
  private var lease: ReplicaLease

  /// The epoch of the lease.
  nonisolated let epoch: Int64

  /// True while it is not known if the latest transaction was committed.
  private var isInDoubt = false

  /// The reason why this replica is no longer active; nil while it is.
  private var loss: StoreProblem?

  /// Called once, with that reason.
  private let onLoss: @Sendable () -> Void

  /// The number of the newest event ever stored, where it is known.
  private(set) var latestEvent: Int64?

  /// The version of the changes of commands when suppressions were last read.
  private var suppressionsVersion: Int64?

  /// The same version, as `hasNewCommands` last read it.
  private var noticedVersion: Int64?

  private var round = PruneRound()

  /// The transactions that write: each fence names the one before.
  private var turns = TurnQueue()

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// The store of a replica that has taken the lease; `latestEvent` is the newest it has ever seen.
  init(
    _ client: PostgresClient, lane: SocketLane, lease: ReplicaLease, trust: TrustedTime,
    location: String,
    latestEvent: Int64? = nil, onLoss: @escaping @Sendable () -> Void = {}
  ) {
    self.client = client
    self.lane = lane
    self.lease = lease
    epoch = lease.epoch
    self.trust = trust
    self.location = location
    self.latestEvent = latestEvent
    self.onLoss = onLoss
  }

  package nonisolated var isTrusted: Bool { trust.isNow }

  // MARK: EngineStore

  package func load(reach: StoredReach, now: Timestamp) async throws(StoreProblem) -> StoredState {
    do {
      let loading = try client.another(label: "loading")
      let commits = lease.commits
      let results = try await read(
        [ReplicaLease.current] + StateReading.statements(reach: reach, now: now), with: loading,
        within: PostgresLimits.loading)
      try requireOwn(try LeaseRecord(results[0]), after: commits)
      var reading = try StateReading(Array(results.dropFirst()), reach: reach)
      while let statement = reading.older {
        try reading.take(
          older: try await read([statement], with: loading, within: PostgresLimits.loading)[0])
      }
      var earlier = EarlierDays(reading.ofOneDay)
      while let statement = earlier.statement {
        try earlier.take(
          try await read([statement], with: loading, within: PostgresLimits.loading)[0])
      }
      reading.add(earlier.points)
      let state = try reading.state(known: latestEvent)
      latestEvent = max(latestEvent ?? 0, state.latestEvent)
      return state
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  /// Throws unless a state that was read has every commit of this replica, and no other replica's: another
  /// connection may lead to another server.
  private func requireOwn(_ record: LeaseRecord, after commits: Int64) throws(StoreProblem) {
    guard record.nonce == lease.nonce, record.epoch == lease.epoch, record.commits >= commits else {
      throw StoreProblem(
        .temporary,
        "\(location): the state that was read is not that of this replica: another one is active, or"
          + " another server answers")
    }
  }

  package func firings(of alerts: [String]) async throws(StoreProblem) -> [String: JSONText] {
    try await reading(AlertQueries.firings(of: alerts)) { try AlertQueries.firing($0) }
  }

  package func apply(_ changeset: Changeset) async throws(StoreProblem) {
    _ = try await write(try ChangesetStatements(changeset, location: location).all)
    if let latest = changeset.events.last?.sequence { latestEvent = max(latestEvent ?? 0, latest) }
  }

  package func notifications(
    of sequences: [Int64]
  ) async throws(StoreProblem) -> [Int64: Notification] {
    try await reading(EventQueries.notifications(of: sequences)) { row in
      (try row.integer("sequence"), try Notification(row))
    }
  }

  package func openDeliveries(_ query: OutboxQuery) async throws(StoreProblem) -> OutboxPage {
    do {
      var reading = OutboxReading(query)
      while let statement = reading.statement { try reading.take(try await read([statement])[0]) }
      return try reading.page
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  package func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions? {
    do {
      let version = try await read([Self.commands])[0].first { try $0.integer("commands") }
      guard version != suppressionsVersion else { return nil }
      let results = try await read(StateQueries.suppressions(at: now))
      suppressionsVersion = version
      return try Suppressions(results[0], results[1])
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  /// Returns true if a command has changed something since the last call; false where that is not known.
  func hasNewCommands() async -> Bool {
    let version = try? await read([Self.commands])[0].first { try $0.integer("commands") }
    guard let version, version != noticedVersion else { return false }
    defer { noticedVersion = version }
    return noticedVersion != nil
  }

  private static let commands = PostgresStatement(
    "SELECT commands FROM fxwatch.lease WHERE cell = 0")

  package func waiting() async throws(StoreProblem) -> [String: Int] {
    try await reading(StateQueries.waiting) { row in
      (try row.text("notifier"), try row.count("count"))
    }
  }

  package func openDeliveries(
    among sequences: [Int64], of notifier: String
  ) async throws(StoreProblem) -> Set<Int64> {
    let open = try await reading(
      PostgresStatement(
        """
        SELECT event_sequence, state FROM fxwatch.delivery
        WHERE event_sequence = ANY ($1) AND notifier = $2 AND state = 'open'
        """, .integers(sequences), .text(notifier))
    ) { row in (try row.integer("event_sequence"), true) }
    return Set(open.keys)
  }

  /// Renews the lease.
  package func answer() async throws(StoreProblem) { _ = try await write([]) }

  @discardableResult
  package func prune(
    _ retention: Retention, now: Timestamp
  ) async throws(StoreProblem) -> PruneOutcome {
    var outcome = PruneOutcome(deleted: 0, isComplete: false)
    var parts = 0
    do {
      while outcome.deleted == 0, !outcome.isComplete, parts < PostgresLimits.partsPerPrune {
        var next = round
        let figures = next.figures == nil ? nil : FigureStatements(retention, at: now)
        if let place = next.figures {
          let part = try await prune(place, figures)
          outcome.deleted = part.deleted
          next.take(next: part.next)
        } else {
          outcome.deleted = try next.take(
            try await write(next.statements(retention, now: now)))
        }
        outcome.isComplete = next.isComplete
        round = next.isComplete ? PruneRound() : next
        parts += 1
      }
      return outcome
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  /// Deletes a part of a source's rates; returns how many rows, and the place of the next part.
  private func prune(
    _ place: FigureStatements.Place, _ figures: FigureStatements?
  ) async throws -> (deleted: Int, next: FigureStatements.Place?) {
    guard let figures else { return (0, nil) }
    let source = try await read([FigureStatements.source(from: place.source)])[0].first { row in
      (
        id: try row.integer("id"), name: SourceName(try row.text("name")),
        series: try row.count("series"),
        latest: try row.integer("latest")
      )
    }
    guard let source else { return (0, nil) }
    let start = source.id == place.source ? place : (source.id, .min, .min)
    let limit = FigureStatements.limit(series: source.series)
    let old = try await read([figures.publications(behind: start, limit: limit)])[0]
    let (statements, last) = try figures.deletions(
      old, of: source.id, source.name, latest: source.latest)
    let deleted = try await write(statements).reduce(0) { $0 + $1.changed }
    if old.count < limit { return (deleted, (source.id + 1, .min, .min)) }
    return (deleted, last)
  }

  package func retentionTime() async throws(StoreProblem) -> Timestamp? {
    do {
      let time = try await read([
        PostgresStatement("SELECT value FROM fxwatch.meta WHERE key = 'retention time'")
      ])[0].first { try $0.text("value") }
      guard let time else { return nil }
      guard let number = Int64(time) else { throw UnreadableValue("value") }
      return Timestamp(milliseconds: number)
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  // MARK: Lease

  /// Gives the lease back; every later transaction fails.
  func release() async {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    if loss == nil {
      _ = try? await client.run([lease.release], within: PostgresLimits.connecting)
    }
    loss = StoreProblem(.lost, "\(location): this replica has stopped")
    trust.revoke()
  }

  /// Runs one fenced transaction; renews the lease even if there are no statements.
  func write(
    _ statements: [PostgresStatement]
  ) async throws(StoreProblem) -> [PostgresRows] {
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    for isLastAttempt in [false, true] {
      if isInDoubt { try await settle() }
      if let loss { throw loss }
      let begun = SystemClock().sinceBoot()
      do throws(ServerError) {
        let results = try await client.run(
          [PostgresStatement("BEGIN"), lease.fence] + statements + [PostgresStatement("COMMIT")],
          within: PostgresLimits.commit)
        lease.commits += 1
        trust.renew(begun: begun)
        return Array(results.dropFirst(2).dropLast())
      } catch {
        isInDoubt = error.isLoss || error.code == ServerError.fenced
        if isLastAttempt || error.code != ServerError.fenced {
          throw StoreProblem(error, at: location)
        }
      }
    }
    throw StoreProblem(.temporary, "\(location): the lease cannot be renewed")
  }

  /// Finds out if the latest transaction was committed, and if the lease is still this replica's.
  private func settle() async throws(StoreProblem) {
    do {
      let record = try LeaseRecord(
        try await client.run([ReplicaLease.current], within: PostgresLimits.commit)[0])
      switch lease.settle(with: record) {
      case .replaced(let holder):
        lose("another replica is active\(holder.map { ": \($0)" } ?? "")")
      case .rewound: lose("the server has lost its latest transactions, as after a failover")
      case nil: break
      }
      isInDoubt = false
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  private func lose(_ reason: String) {
    trust.revoke()
    loss = StoreProblem(.lost, "\(location): \(reason)")
    onLoss()
  }

  // MARK: Reading

  private func read(
    _ statements: [PostgresStatement], with client: PostgresClient? = nil,
    within duration: Duration = PostgresLimits.commit
  ) async throws -> [PostgresRows] {
    let results = try await (client ?? self.client).run(
      [PostgresStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")] + statements
        + [PostgresStatement("COMMIT")], within: duration)
    return Array(results.dropFirst().dropLast())
  }

  private func reading<Key: Hashable & Sendable, Value: Sendable>(
    _ statement: PostgresStatement, _ made: (PostgresRow) throws -> (Key, Value)
  ) async throws(StoreProblem) -> [Key: Value] {
    do {
      return Dictionary(try await read([statement])[0].map(made)) { first, _ in first }
    } catch {
      throw StoreProblem(error, at: location)
    }
  }
}
