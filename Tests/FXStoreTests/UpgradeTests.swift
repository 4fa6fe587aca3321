import FXCore
import FXStore
import GRDB
import Testing

@Suite("A database of an earlier version")
struct UpgradeTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// Takes back what the migrations after the first one did.
  private func backToTheFirst() async throws {
    try await fixture.stranger().write { db in
      for column in ["hash", "value_date", "first_seen", "lines"] {
        try db.execute(sql: "ALTER TABLE source_state DROP COLUMN unfinished_\(column)")
      }
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
  }

  @Test("is brought up to date with all it holds")
  func upgrade() async throws {
    let store = try fixture.store()
    var changeset = try published("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1"])
    var state = SourceState()
    state.latestPublication = 1
    state.validators = .init(url: "https://bank.example/", etag: "\"a\"", lastModified: nil)
    changeset.sources = [SourceName("ecb"): state]
    try await store.apply(changeset)
    let before = try await store.load(window: .zero, now: instant(day: 2))
    try await store.close()
    try await backToTheFirst()

    let upgraded = try fixture.store()
    #expect(try await upgraded.load(window: .zero, now: instant(day: 2)) == before)
    state.unfinished = .init(
      bodyHash: "ab", valueDate: nil, firstSeen: instant(day: 2), lines: 512)
    changeset = Changeset()
    changeset.sources = [SourceName("ecb"): state]
    try await upgraded.apply(changeset)
    #expect(try fixture.reader().sources() == changeset.sources)
  }

  @Test("is not read by a command before the daemon has brought it up to date")
  func commands() async throws {
    try await fixture.store().close()
    try await backToTheFirst()
    #expect(throws: StoreProblem.self) { try fixture.reader() }
    try await fixture.store().close()
    #expect(try fixture.reader().sources() == [:])
  }
}
