import FXCore
import Testing

/// Imported history.
struct ImportChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("Imported days are ordered below the daemon's publications") {
      try await $0.order()
    },
    promise("A second import adds nothing; one of older days continues below") {
      try await $0.again()
    },
    promise("Days after the oldest stored one are left out and returned") {
      try await $0.leftOut()
    },
    promise("A series that ends within an archive is unlisted from then on") {
      try await $0.unlisted()
    },
    promise("Without fetched publications the last imported day is listed") {
      try await $0.listed()
    },
    promise("The engine starts from imported rates") {
      try await $0.loaded()
    },
    promise("An imported day is known when published, before the next and before now") {
      try await $0.instants()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore
  private let bank = SourceName("bank")

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Returns days with the text of each rate by pair, each published at noon.
  private func history(_ days: [Int: [String: String]]) throws -> ImportedHistory {
    var rates: [Series: [ImportedHistory.DayRate]] = [:]
    for (day, texts) in days.sorted(by: { $0.key < $1.key }) {
      for (pair, text) in texts {
        rates[try series("bank", pair), default: []].append(
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
      rates: rates)
  }

  /// Imports days.
  @discardableResult
  private func add(_ days: [Int: [String: String]]) throws -> ImportOutcome {
    try opener.openForWriting(creating: true).add(try history(days), now: instant(day: 60)) {
      _, _ in
    }
  }

  /// Returns `day rate @first-seen #publication` of every row of a pair.
  private func rows(_ pair: String, asOf: Timestamp? = nil, all: Bool = true) throws -> [String] {
    var query = HistoryQuery(pair: try unwrapped(CurrencyPair(pair)))
    query.asOf = asOf
    query.allVersions = all
    return try opener.openForReading().history(query).map { row in
      let day = row.valueDate.map { String($0.daysSinceEpoch - date(0).daysSinceEpoch) } ?? "-"
      let hours = (row.firstSeen - instant(day: 0)).milliseconds / 3_600_000
      return "\(day) \(row.rate?.printed.description ?? "unlisted") @\(hours) #\(row.publication)"
    }
  }

  func order() async throws {
    try await store.apply(
      try Changeset("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
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

  func leftOut() async throws {
    try await store.apply(
      try Changeset("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
    let outcome = try add([
      9: ["EUR/USD": "1.09"], 10: ["EUR/USD": "1.5"], 11: ["EUR/USD": "1.11"],
    ])
    #expect(outcome.added == [date(9)])
    #expect(outcome.known == 1)
    #expect(outcome.leftOut == [date(11)])
    #expect(try rows("EUR/USD") == ["9 1.09 @228 #0", "10 1.10 @240 #1"])
  }

  func unlisted() async throws {
    try await store.apply(
      try Changeset("bank", 1, valueDate: date(10), at: instant(day: 10), ["EUR/USD": "1.10"]))
    try add([
      7: ["EUR/USD": "1.07", "EUR/CYP": "0.58", "EUR/ISK": "99"],
      8: ["EUR/USD": "1.08", "EUR/BGN": "1.9558"],
      9: ["EUR/USD": "1.09", "EUR/BGN": "1.9558", "EUR/ISK": "98"],
    ])
    #expect(try rows("EUR/CYP") == ["7 0.58 @180 #-2", "8 unlisted @204 #-1"])
    #expect(
      try rows("EUR/ISK") == [
        "7 99 @180 #-2", "8 unlisted @204 #-1", "9 98 @228 #0", "10 unlisted @240 #1",
      ])
    #expect(
      try rows("EUR/BGN") == ["8 1.9558 @204 #-1", "9 1.9558 @228 #0", "10 unlisted @240 #1"])
    let latest = try opener.openForReading().latestRates()
    #expect(latest.filter(\.isListed).map(\.series.pair.description) == ["EUR/USD"])
  }

  func listed() async throws {
    try add([7: ["EUR/USD": "1.07", "EUR/CYP": "0.58"], 8: ["EUR/USD": "1.080"]])
    let latest = try opener.openForReading().latestRates()
    #expect(
      latest.map { "\($0.series.pair) \($0.point.rate.printed) \($0.scale) \($0.isListed)" }
        == ["EUR/CYP 0.58 2 false", "EUR/USD 1.080 3 true"])
  }

  func loaded() async throws {
    try add([
      7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"], 9: ["EUR/USD": "1.09"],
    ])
    let state = try await store.load(
      window: .seconds(86_400), now: instant(day: 9, hour: 13))
    #expect(state.sources == [:])
    #expect(
      state.series.map { $0.points.map { "\($0.rate.printed) #\($0.publication)" } }
        == [["1.08 #-1", "1.09 #0"]])
  }

  func instants() async throws {
    try await store.apply(
      try Changeset("bank", 1, valueDate: date(9), at: instant(day: 8, hour: 6), ["EUR/USD": "1"]))
    try add([7: ["EUR/USD": "1.07"], 8: ["EUR/USD": "1.08"]])
    let reader = try opener.openForReading()
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
}
