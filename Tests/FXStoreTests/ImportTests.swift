import FXCore
import FXStore
import GRDB
import Testing

@Suite("What is imported")
struct ImportTests {
  private let fixture: StoreFixture
  private let bank = SourceName("bank")

  init() throws { fixture = try StoreFixture() }

  /// Days with the text of each figure by pair, each published at noon.
  private func history(_ days: [Int: [String: String]]) throws -> ImportedHistory {
    var figures: [Series: [ImportedHistory.DayRate]] = [:]
    for (day, texts) in days.sorted(by: { $0.key < $1.key }) {
      for (pair, text) in texts {
        figures[try series("bank", pair), default: []].append(
          .init(day: date(day), rate: try rate(text), publishedChange: nil))
      }
    }
    return ImportedHistory(
      source: bank,
      days: days.keys.sorted().map { day in
        .init(
          valueDate: date(day), published: instant(day: day, hour: 12), bodyHash: "archive",
          headlines: [Headline(title: "Day \(day)")])
      },
      rates: figures)
  }

  @discardableResult
  private func add(_ days: [Int: [String: String]]) throws -> ImportOutcome {
    try fixture.commands(creating: true).add(try history(days), now: instant(day: 60)) { _, _ in }
  }

  /// `day figure @first-seen #publication` of every row of a pair.
  private func rows(_ pair: String, asOf: Timestamp? = nil, all: Bool = true) throws -> [String] {
    var query = HistoryQuery(pair: try unwrapped(CurrencyPair(pair)))
    query.asOf = asOf
    query.allVersions = all
    return try fixture.reader().history(query).map { row in
      let day = row.valueDate.map { String($0.daysSinceEpoch - date(0).daysSinceEpoch) } ?? "-"
      let hours = (row.firstSeen - instant(day: 0)).milliseconds / 3_600_000
      return "\(day) \(row.rate?.printed.description ?? "gone") @\(hours) #\(row.publication)"
    }
  }

  @Test("Days stand in order below the daemon's publications, known from when they were published")
  func order() async throws {
    try await fixture.store().apply(
      try published("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
    let outcome = try add([
      7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.080"], 9: ["EUR/USD": "1.09"],
    ])
    var expected = ImportOutcome()
    expected.added = [date(7), date(8), date(9)]
    expected.rates = 3
    #expect(outcome == expected)
    #expect(
      try rows("EUR/USD") == [
        "7 1.07 @180 #-2", "8 1.080 @204 #-1", "9 1.09 @228 #0", "10 1.10 @240 #1",
      ])
    #expect(
      try rows("EUR/USD", asOf: instant(day: 8, hour: 13)) == [
        "7 1.07 @180 #-2", "8 1.080 @204 #-1",
      ])
  }

  @Test("A second import of the same adds nothing, and one of older days goes on before the first")
  func again() async throws {
    try add([7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"]])
    let before = try rows("EUR/USD")
    let second = try add([7: ["EUR/USD": "1.99"], 8: ["EUR/USD": "1.08"]])
    #expect(second.added == [])
    #expect(second.rates == 0)
    #expect(second.known == 2)
    #expect(try rows("EUR/USD") == before)
    let third = try add([6: ["EUR/USD": "1.06"], 7: ["EUR/USD": "1.07"]])
    #expect(third.added == [date(6)])
    #expect(third.known == 1)
    #expect(
      try rows("EUR/USD") == ["6 1.06 @156 #-2", "7 1.07 @180 #-1", "8 1.08 @204 #0"])
  }

  @Test("Days after the oldest stored one are left out and named")
  func leftOut() async throws {
    try await fixture.store().apply(
      try published("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
    let outcome = try add([
      9: ["EUR/USD": "1.09"], 10: ["EUR/USD": "1.5"], 11: ["EUR/USD": "1.11"],
    ])
    #expect(outcome.added == [date(9)])
    #expect(outcome.known == 1)
    #expect(outcome.leftOut == [date(11)])
    #expect(try rows("EUR/USD") == ["9 1.09 @228 #0", "10 1.10 @240 #1"])
  }

  @Test("A series that stops within the archive, or with it, is gone from then on")
  func gone() async throws {
    try await fixture.store().apply(
      try published("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
    try add([
      7: ["EUR/USD": "1.07", "EUR/CYP": "0.58", "EUR/ISK": "99"],
      8: ["EUR/USD": "1.08", "EUR/BGN": "1.9558"],
      9: ["EUR/USD": "1.09", "EUR/BGN": "1.9558", "EUR/ISK": "98"],
    ])
    #expect(try rows("EUR/CYP") == ["7 0.58 @180 #-2", "8 gone @204 #-1"])
    #expect(
      try rows("EUR/ISK") == [
        "7 99 @180 #-2", "8 gone @204 #-1", "9 98 @228 #0", "10 gone @240 #1",
      ])
    #expect(
      try rows("EUR/BGN") == ["8 1.9558 @204 #-1", "9 1.9558 @228 #0", "10 gone @240 #1"])
    let latest = try fixture.reader().latestRates()
    #expect(latest.filter(\.isListed).map(\.series.pair.description) == ["EUR/USD"])
  }

  @Test("Where nothing was fetched yet, what stood on the last day is what the source has")
  func listed() async throws {
    try add([7: ["EUR/USD": "1.07", "EUR/CYP": "0.58"], 8: ["EUR/USD": "1.080"]])
    let latest = try fixture.reader().latestRates()
    #expect(
      latest.map { "\($0.series.pair) \($0.point.rate.printed) \($0.scale) \($0.isListed)" }
        == ["EUR/CYP 0.58 2 false", "EUR/USD 1.080 3 true"])
  }

  @Test("An engine starts from imported figures as from its own")
  func loaded() async throws {
    try add([
      7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"], 9: ["EUR/USD": "1.09"],
    ])
    let state = try await fixture.store().load(
      window: .seconds(86_400), now: instant(day: 9, hour: 13))
    #expect(state.sources == [:])
    #expect(
      state.series.map { $0.points.map { "\($0.rate.printed) #\($0.publication)" } }
        == [["1.08 #-1", "1.09 #0"]])
  }

  @Test("Nothing is known before it was published, after what followed it, or after now")
  func instants() async throws {
    try await fixture.store().apply(
      try published("bank", 1, valueDate: date(9), at: instant(day: 8, hour: 6), ["EUR/USD": "1"]))
    try add([7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"]])
    let reader = try fixture.reader()
    let first = try unwrapped(try reader.publication(-1, of: bank))
    let second = try unwrapped(try reader.publication(0, of: bank))
    #expect(first.firstSeen == instant(day: 7, hour: 12))
    #expect(second.firstSeen == instant(day: 8, hour: 6) - .milliseconds(1))
    #expect(
      second
        == Publication(
          number: 0, source: bank, valueDate: date(8), firstSeen: second.firstSeen,
          lastSeen: second.firstSeen, bodyHash: "archive",
          headlines: [Headline(title: "Day 8")]))
  }

  @Test("Only what was imported is marked so")
  func marked() async throws {
    try await fixture.store().apply(
      try published("bank", 1, valueDate: date(9), at: instant(day: 9), ["EUR/USD": "1"]))
    try add([7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"]])
    let imported = try await fixture.stranger().read { db in
      try Int.fetchAll(db, sql: "SELECT imported FROM publication ORDER BY number")
    }
    #expect(imported == [1, 1, 0])
  }

  @Test("An import that fails leaves nothing")
  func whole() async throws {
    let broken = ImportedHistory(
      source: bank,
      days: [
        .init(
          valueDate: date(1), published: instant(day: 1), bodyHash: "archive", headlines: []),
        .init(
          valueDate: date(2), published: instant(day: 2), bodyHash: "archive", headlines: []),
      ],
      rates: [
        try series("bank", "EUR/USD"): [
          .init(day: date(1), rate: try rate("1"), publishedChange: nil),
          .init(day: date(1), rate: try rate("2"), publishedChange: nil),
        ]
      ])
    let commands = try fixture.commands(creating: true)
    #expect(throws: StoreProblem.self) {
      try commands.add(broken, now: instant(day: 60)) { _, _ in }
    }
    #expect(try fixture.reader().publication(0, of: bank) == nil)
    #expect(try fixture.reader().latestRates() == [])
  }
}
