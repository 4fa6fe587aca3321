import FXCore
import FXPostgres
import StoreSuite
import Support
import Testing

@Suite("The lease of the active replica")
struct LeaseTests {
  private let database: String
  private let opener: PostgresStoreOpener

  init() throws {
    database = try PostgresServer.shared.get().newDatabase()
    opener = PostgresStoreOpener(try PostgresTarget(database, password: nil))
  }

  private func publication(_ number: Int64) throws -> Changeset {
    try Changeset("ecb", number, at: instant(day: Int(number)), ["EUR/USD": "1.\(number)"])
  }

  /// Returns the kind of the problem of a commit.
  private func failure(
    of store: any EngineStore, _ changeset: Changeset
  ) async -> StoreProblem.Kind? {
    do throws(StoreProblem) {
      try await store.apply(changeset)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test("A holder that another one has replaced writes nothing, and is not trusted")
  func fenced() async throws {
    let first = try await opener.openForEngine()
    try await first.apply(try publication(1))
    #expect(first.isTrusted)
    let second = try await opener.openForEngine()
    #expect(await failure(of: first, try publication(2)) == .lost)
    #expect(!first.isTrusted)
    #expect(await failure(of: first, try publication(2)) == .lost)
    try await second.apply(try publication(2))
    #expect(try opener.openForReading().latestRates().map(\.point.publication) == [2])
  }

  @Test("After a lost connection the same commit succeeds, and is stored once")
  func lostConnection() async throws {
    let store = try await opener.openForEngine()
    try await store.apply(try publication(1))
    try PostgresServer.shared.get().run(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """, in: database)
    #expect(await failure(of: store, try publication(2)) == .temporary)
    try await store.apply(try publication(2))
    try await store.apply(try publication(2))
    #expect(try opener.openForReading().latestRates().map(\.point.publication) == [2])
  }

  @Test("A commit whose answer was lost counts as made, and is repeated without effect")
  func lostAnswer() async throws {
    let store = try await opener.openForEngine()
    try await store.apply(try publication(1))
    // As if the server had committed and the answer had not arrived.
    try PostgresServer.shared.get().run(
      "UPDATE fxwatch.lease SET commits = commits + 1", in: database)
    try await store.apply(try publication(2))
    #expect(try opener.openForReading().latestRates().map(\.point.publication) == [2])
  }

  @Test("A database that has lost commits ends the holder")
  func rewound() async throws {
    let store = try await opener.openForEngine()
    try await store.apply(try publication(1))
    try PostgresServer.shared.get().run(
      "UPDATE fxwatch.lease SET commits = commits - 1", in: database)
    #expect(await failure(of: store, try publication(2)) == .lost)
  }

  @Test("A replica is active at once where none was, and another one after it has left")
  func replicas() async throws {
    let first = try #require(opener.replica(version: "1"))
    let second = try #require(opener.replica(version: "1"))
    try await first.join(config: "a")
    let store = try #require(try await first.activate(onLoss: {}, onCommand: {}))
    try await store.apply(try publication(1))
    try await second.join(config: "a")
    #expect(await second.status().members.map(\.isActive).sorted { !$0 && $1 } == [false, true])
    #expect(await second.status().members.map(\.generation) == [1, 1])
    async let next = second.activate(onLoss: {}, onCommand: {})
    await first.leave()
    try await next?.apply(try publication(2))
    #expect(await failure(of: store, try publication(3)) == .lost)
    await second.leave()
    let none = try await second.activate(onLoss: {}, onCommand: {})
    #expect(none == nil)
  }

  @Test("Neither a renewal nor a transaction of another program is a commit")
  func commitMark() async throws {
    let replica = try #require(opener.replica(version: "1"))
    try await replica.join(config: "a")
    let store = try #require(try await replica.activate(onLoss: {}, onCommand: {}))
    try await store.apply(try publication(1))
    let reader = try opener.openForReading()
    let mark = try reader.commitMark()
    await replica.propose(config: "a")
    try PostgresServer.shared.get().run("CREATE TABLE another (id bigint)", in: database)
    #expect(try reader.commitMark() == mark)
    try await store.apply(try publication(2))
    let second = try reader.commitMark()
    #expect(second != mark)
    _ = try opener.openForWriting(creating: false).silence(
      [try SilenceMatcher("rule=high")], by: Attribution(author: "ann", reason: "deploy"),
      from: instant(day: 1), until: instant(day: 2))
    #expect(try reader.commitMark() != second)
    await replica.leave()
  }

  @Test("A replica that resigns is a standby, then another one is active, and it can be again")
  func resignation() async throws {
    let first = try #require(opener.replica(version: "1"))
    let second = try #require(opener.replica(version: "1"))
    try await first.join(config: "a")
    try await second.join(config: "a")
    let store = try #require(try await first.activate(onLoss: {}, onCommand: {}))
    async let next = second.activate(onLoss: {}, onCommand: {})
    await first.resign()
    try await next?.apply(try publication(1))
    #expect(await failure(of: store, try publication(2)) == .lost)
    #expect(await first.status().members.count == 2)
    await second.leave()
    let again = try #require(try await first.activate(onLoss: {}, onCommand: {}))
    try await again.apply(try publication(2))
    await first.leave()
  }

  @Test("A state that takes longer than a term to load costs no lease")
  func slowLoad() async throws {
    let first = try #require(opener.replica(version: "1"))
    let second = try #require(opener.replica(version: "1"))
    try await first.join(config: "a")
    let store = try #require(try await first.activate(onLoss: {}, onCommand: {}))
    try await second.join(config: "a")
    let isReplaced = Locked(false)
    let next = Task {
      let store = try await second.activate(onLoss: {}, onCommand: {})
      isReplaced.withLock { $0 = store != nil }
    }
    let (server, database) = (try PostgresServer.shared.get(), database)
    let lock = Task.detached {
      try server.run("LOCK TABLE fxwatch.series; SELECT pg_sleep(9)", in: database)
    }
    try server.run(
      """
      DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock'
        AND relation = 'fxwatch.series'::regclass) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$
      """, in: database)
    let begun = ContinuousClock.now
    _ = try await store.load(window: .seconds(86_400), now: instant(day: 1))
    #expect(ContinuousClock.now - begun > .seconds(7))
    #expect(!isReplaced.withLock { $0 })
    try await store.apply(try publication(1))
    try await lock.value
    await second.leave()
    try await next.value
    await first.leave()
  }

  @Test("Replicas that start at once with a new config all take part, and one config is stored")
  func together() async throws {
    let replicas = (0..<6).compactMap { _ in opener.replica(version: "1") }
    try await withThrowingTaskGroup { group in
      for replica in replicas {
        group.addTask { try await replica.join(config: "new") }
      }
      try await group.waitForAll()
    }
    for replica in replicas {
      let status = await replica.status()
      #expect(status.problem == nil)
      #expect(Set(status.members.map(\.generation)) == [1])
      await replica.leave()
    }
  }

  @Test("A replica with an older config waits for one with the newest")
  func generations() async throws {
    let older = try #require(opener.replica(version: "1"))
    let newer = try #require(opener.replica(version: "1"))
    try await older.join(config: "old")
    try await newer.join(config: "new")
    async let first = older.activate(onLoss: {}, onCommand: {})
    let active = try await newer.activate(onLoss: {}, onCommand: {})
    #expect(active != nil)
    await newer.propose(config: "new")
    #expect(await newer.status().members.map(\.generation).sorted() == [1, 2])
    await older.propose(config: "old")
    #expect(await !older.status().isOutdated)
    await newer.leave()
    let next = try await first
    #expect(next != nil)
    await older.leave()
  }
}
