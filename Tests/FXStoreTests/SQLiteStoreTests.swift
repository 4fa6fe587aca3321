import FXCore
import FXStore
import GRDB
import StoreSuite
import Testing

@Suite("SQLiteStore beyond the behaviours of every store")
struct SQLiteStoreTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("Two databases have different identities")
  func identity() async throws {
    let other = try StoreFixture()
    let identities = [
      try await fixture.store().load(window: .zero, now: instant(day: 0)).installation,
      try await other.store().load(window: .zero, now: instant(day: 0)).installation,
    ]
    #expect(Set(identities).count == 2)
    #expect(identities.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test(
    "A changeset that must survive a power cut waits for the disk; a poll without news does not")
  func durability() async throws {
    let store = try fixture.store()
    var polled = Changeset()
    polled.sources = [SourceName("ecb"): SourceState()]
    try await store.apply(polled)
    #expect(try await store.durability() == 1)
    try await store.apply(Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1"]))
    #expect(try await store.durability() == 2)
    try await store.apply(seenAgain("ecb", 1, at: instant(day: 2)))
    #expect(try await store.durability() == 1)
  }

  @Test("A closed store throws")
  func closed() async throws {
    let store = try fixture.store()
    try await store.answer()
    try await store.close()
    await #expect(
      throws: StoreProblem(.permanent, "\(fixture.path): is closed; restart fxwatch")
    ) { try await store.answer() }
  }

  @Test("Prepared statements are never planned again, whatever is bound to them")
  func plannedOnce() async throws {
    let store = try fixture.store()
    var changeset = Changeset()
    changeset.events = [event(1, at: instant(day: 1), to: ["ops"])]
    try await store.apply(changeset)
    let results: [DeliveryResult.State] = [
      .postponed(due: instant(day: 6)), .postponed(due: instant(day: 7)), .dead,
    ]
    for (index, result) in results.enumerated() {
      var changeset = Changeset()
      changeset.deliveryResults = [
        DeliveryResult(
          sequence: 1, notifier: "ops", attempts: index + 1, at: instant(day: 5 + index),
          state: result, detail: "attempt \(index)")
      ]
      try await store.apply(changeset)
      _ = try await store.notifications(of: [1])
      _ = try await store.changedSuppressions(now: instant(day: 6))
    }
    #expect(try await store.replans() == 0)
  }

  @Test("The data of an alert's firing is stored once")
  func evidence() async throws {
    try await fixture.store().apply(firedAlert())
    let stored = try await fixture.stranger().read { db in
      try Int.fetchAll(db, sql: "SELECT sequence FROM event WHERE data IS NOT NULL")
    }
    #expect(stored == [2])
  }

  @Test("Only imported publications are marked as imported")
  func imported() async throws {
    try await fixture.store().apply(
      try Changeset("bank", 1, valueDate: date(9), at: instant(day: 9), ["EUR/USD": "1"]))
    let days = [7, 8].map { day in
      ImportedHistory.Day(
        valueDate: date(day), published: instant(day: day), bodyHash: "archive", headlines: [])
    }
    _ = try fixture.commands().add(
      ImportedHistory(source: SourceName("bank"), days: days, rates: [:]), now: instant(day: 60)
    ) { _, _ in }
    let marks = try await fixture.stranger().read { db in
      try Int.fetchAll(db, sql: "SELECT imported FROM publication ORDER BY number")
    }
    #expect(marks == [1, 1, 0])
  }

  @Test("An import that fails changes nothing")
  func failedImport() async throws {
    let bank = SourceName("bank")
    let day = ImportedHistory.Day(
      valueDate: date(1), published: instant(day: 1), bodyHash: "archive", headlines: [])
    let twice = [
      ImportedHistory.DayRate(day: date(1), rate: try rate("1"), publishedChange: nil),
      ImportedHistory.DayRate(day: date(1), rate: try rate("2"), publishedChange: nil),
    ]
    let commands = try fixture.commands(creating: true)
    #expect(throws: StoreProblem.self) {
      try commands.add(
        ImportedHistory(
          source: bank, days: [day], rates: [try series("bank", "EUR/USD"): twice]),
        now: instant(day: 60)
      ) { _, _ in }
    }
    #expect(try fixture.reader().publication(0, of: bank) == nil)
    #expect(try fixture.reader().latestRates() == [])
  }
}
