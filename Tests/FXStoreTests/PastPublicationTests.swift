import FXCore
import FXStore
import Testing

@Suite("History as it is judged again")
struct ReplayQueriesTests {
  private let fixture: StoreFixture
  private let store: SQLiteStore

  init() throws {
    fixture = try StoreFixture()
    store = try fixture.store()
  }

  /// `source number hour…hour figures`, in hours since 2026-01-01.
  private func lines(_ sources: [String], until: Timestamp? = nil) throws -> [String] {
    func hours(_ instant: Timestamp) -> Int64 {
      (instant.milliseconds / 1000 - 1_767_225_600) / 3600
    }
    return try fixture.reader().publications(
      of: Set(sources.map { SourceName($0) }), until: until
    ).map { past in
      let publication = past.publication
      let figures = past.observations.map {
        "\($0.pair) \($0.rate?.printed.description ?? "gone")"
      }.sorted().joined(separator: ", ")
      return "\(publication.source) \(publication.number) \(hours(publication.firstSeen))…"
        + "\(hours(publication.lastSeen)) \(figures)"
    }
  }

  @Test("comes in the order in which it became known, with what was new in each publication")
  func order() async throws {
    for changeset in [
      try published(
        "ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10", "EUR/JPY": "160"]),
      seenAgain("ecb", 1, at: instant(day: 1, hour: 9)),
      try published("cbu", 1, at: instant(day: 2), ["USD/UZS": "12500"]),
      try published("ecb", 2, at: instant(day: 3), ["EUR/USD": "1.20"], vanished: ["EUR/JPY"]),
      try published("cbu", 2, at: instant(day: 4), ["USD/UZS": "12600"]),
    ] {
      try await store.apply(changeset)
    }
    #expect(
      try lines(["ecb", "cbu"]) == [
        "ecb 1 24…33 EUR/JPY 160, EUR/USD 1.10", "cbu 1 48…48 USD/UZS 12500",
        "ecb 2 72…72 EUR/JPY gone, EUR/USD 1.20", "cbu 2 96…96 USD/UZS 12600",
      ])
    #expect(
      try lines(["ecb"], until: instant(day: 2)) == ["ecb 1 24…33 EUR/JPY 160, EUR/USD 1.10"])
    #expect(try lines(["nbp"]) == [])
  }

  @Test("keeps each source's own order, also where the clock was set back between")
  func clockSetBack() async throws {
    try await store.apply(published("ecb", 1, at: instant(day: 5), ["EUR/USD": "1.10"]))
    try await store.apply(published("ecb", 2, at: instant(day: 4), ["EUR/USD": "1.20"]))
    try await store.apply(
      published("cbu", 1, at: instant(day: 4, hour: 12), ["USD/UZS": "12500"]))
    let order = try lines(["ecb", "cbu"])
    let first = try #require(order.firstIndex { $0.hasPrefix("ecb 1 ") })
    let second = try #require(order.firstIndex { $0.hasPrefix("ecb 2 ") })
    #expect(first < second)
    #expect(order.count == 3)
  }
}
