import FXCore
import FXStore
import Foundation
import GRDB
import StoreSuite
import Testing

@Suite("Retention")
struct RetentionTests {
  /// A store with a publication every day for `days` days: EUR/USD changes daily, GBP/USD only on the
  /// first, CHF/USD on every tenth.
  private static func history(days: Int, in store: SQLiteStore) async throws {
    for day in 1...days {
      var rates = ["EUR/USD": "1.\(1000 + day)"]
      if day == 1 { rates["GBP/USD"] = "1.3000" }
      if day % 10 == 1 { rates["CHF/USD"] = "1.\(2000 + day)" }
      var changeset = try Changeset(
        "ecb", Int64(day), valueDate: date(day), at: instant(day: day, hour: 12), rates)
      changeset.publication = Publication(
        number: Int64(day), source: SourceName("ecb"), valueDate: date(day),
        firstSeen: instant(day: day, hour: 12), lastSeen: instant(day: day, hour: 12),
        bodyHash: "hash \(day)", headlines: [Headline(title: "Day \(day)")])
      try await store.apply(changeset)
    }
  }

  private static func days(of pair: String, _ fixture: StoreFixture) throws -> [CalendarDay?] {
    try fixture.reader().history(HistoryQuery(pair: try unwrapped(CurrencyPair(pair))))
      .map(\.valueDate)
  }

  @Test("Figures are kept for ever by default, and headlines for 30 days")
  func byDefault() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    try await Self.history(days: 60, in: store)
    #expect(try await store.pruneAll(Retention(), now: instant(day: 70)) == 39)
    #expect(try Self.days(of: "EUR/USD", fixture).count == 60)
    let reader = try fixture.reader()
    let source = SourceName("ecb")
    #expect(try reader.publication(39, of: source)?.headlines == [])
    #expect(try reader.publication(41, of: source)?.headlines.map(\.title) == ["Day 41"])
    // The checksums are still right.
    #expect(try fixture.reader().verify { _ in }.findings == [])
    #expect(try await store.pruneAll(Retention(), now: instant(day: 70)) == 0)
    #expect(try await store.pruneAll(Retention(), now: instant(day: 71)) == 1)
  }

  @Test("Of each series the figure that applied at the end of the kept time stays")
  func figures() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    try await Self.history(days: 100, in: store)
    let retention = Retention(figures: .seconds(40 * 86_400), publications: .seconds(40 * 86_400))
    _ = try await store.pruneAll(retention, now: instant(day: 100, hour: 13))
    #expect(try Self.days(of: "EUR/USD", fixture) == (59...100).map { date($0) })
    #expect(try Self.days(of: "GBP/USD", fixture) == [date(1)])
    #expect(try Self.days(of: "CHF/USD", fixture) == [51, 61, 71, 81, 91].map { date($0) })
    // Publications without rates are deleted in the next round.
    _ = try await store.pruneAll(retention, now: instant(day: 100, hour: 13))
    let numbers = try await fixture.stranger().read { db in
      try Int.fetchAll(db, sql: "SELECT number FROM publication ORDER BY number")
    }
    #expect(numbers == [1, 51] + Array(59...100))
    #expect(try fixture.reader().verify { _ in }.findings == [])
    #expect(try await store.pruneAll(retention, now: instant(day: 100, hour: 13)) == 0)
  }

  @Test("Keeps the rates that rules look back on, whatever the ages are")
  func reach() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    try await Self.history(days: 100, in: store)
    var retention = Retention(figures: .seconds(30 * 86_400))
    retention.reach = StoredReach(Lookback(window: .seconds(50 * 86_400)))
    _ = try await store.pruneAll(retention, now: instant(day: 100, hour: 13))
    #expect(try Self.days(of: "EUR/USD", fixture).first == date(49))
    retention.reach = StoredReach(Lookback(publications: 45))
    _ = try await store.pruneAll(retention, now: instant(day: 100, hour: 13))
    #expect(try Self.days(of: "EUR/USD", fixture).first == date(55))
  }

  @Test("A revision of an old day deletes no newer day")
  func revision() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    try await Self.history(days: 100, in: store)
    try await store.apply(
      Changeset(
        "ecb", 101, valueDate: date(20), at: instant(day: 100, hour: 14), ["EUR/USD": "9.1"],
        version: 2))
    let retention = Retention(figures: .seconds(40 * 86_400))
    _ = try await store.pruneAll(retention, now: instant(day: 100, hour: 15))
    let days = try Self.days(of: "EUR/USD", fixture)
    #expect(days.contains(date(61)) && days.contains(date(99)))
  }

  @Test("The file shrinks once much of it is free, and commits go on meanwhile")
  func space() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    for first in stride(from: 1, through: 5000, by: 500) {
      var changeset = Changeset()
      changeset.events = (first..<first + 500).map {
        OutboxEvent(
          sequence: Int64($0),
          notification: Notification(
            id: "event-\($0)", type: .digest, timestamp: instant(day: 1),
            data: .string(String(repeating: "x", count: 2000))),
          orderingKey: "lane", recipients: [])
      }
      try await store.apply(changeset)
    }
    func pages() async throws -> Int {
      try await fixture.stranger().read { db in
        try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      }
    }
    let before = try await pages()
    #expect(before > 2500)
    var sequence: Int64 = 5000
    while try await !store.prune(Retention(), now: instant(day: 500)).isComplete {
      sequence += 1
      var changeset = Changeset()
      changeset.events = [event(sequence, at: instant(day: 500), to: [])]
      try await store.apply(changeset)
    }
    #expect(try await pages() < before / 4)
  }
}
