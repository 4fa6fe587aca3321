import FXCore
import Testing

/// The history of one pair, and the latest rates.
struct HistoryChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("History has the newest rate of each value date") {
      try await $0.newest()
    },
    promise("With all versions it has every rate ever printed") {
      try await $0.versions()
    },
    promise("As of an instant it has nothing that became known later") {
      try await $0.asOf()
    },
    promise("A period is that of value dates, both ends included") {
      try await $0.days()
    },
    promise("A source without value dates keeps every move") {
      try await $0.undated()
    },
    promise("A series that is left out ends there and can return") {
      try await $0.suspension()
    },
    promise("An unchanged rate is seen for as long as its source is") {
      try await $0.unchanged()
    },
    promise("History keeps sources apart and can be of one") {
      try await $0.sources()
    },
    promise("The latest rate has the one before it, that of the day before, and its source") {
      try await $0.latest()
    },
    promise("A reader sees what is committed while it is open") {
      try await $0.live()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Stores two fixings of a bank, the second revised on the next day, with polls between.
  private func revisedFixings() async throws {
    for changeset in [
      try Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.10"]),
      seenAgain("ecb", 1, at: instant(day: 1, hour: 9)),
      try Changeset("ecb", 2, valueDate: date(2), at: instant(day: 2), ["EUR/USD": "1.20"]),
      seenAgain("ecb", 2, at: instant(day: 2, hour: 9)),
      try Changeset(
        "ecb", 3, valueDate: date(2), at: instant(day: 3), ["EUR/USD": "1.25"], version: 2),
      seenAgain("ecb", 3, at: instant(day: 3, hour: 9)),
    ] {
      try await store.apply(changeset)
    }
  }

  /// Returns the history of EUR/USD, one line a row.
  private func query(
    _ change: (inout HistoryQuery) -> Void = { _ in }
  ) throws -> [String] {
    var query = HistoryQuery(pair: try unwrapped(CurrencyPair("EUR/USD")))
    change(&query)
    return try opener.openForReading().history(query).map(Self.line)
  }

  /// Returns a row as `day rate vVERSION first…last`, in hours since 2026-01-01.
  private static func line(_ row: HistoryRow) -> String {
    func hours(_ instant: Timestamp) -> Int64 {
      (instant.milliseconds / 1000 - 1_767_225_600) / 3600
    }
    return "\(row.valueDate.map { "\($0)" } ?? "-") \(row.rate?.printed.description ?? "unlisted") "
      + "v\(row.version) \(hours(row.firstSeen))…\(hours(row.lastSeen))"
  }

  func newest() async throws {
    try await revisedFixings()
    #expect(try query() == ["2026-01-02 1.10 v1 24…33", "2026-01-03 1.25 v2 72…81"])
  }

  func versions() async throws {
    try await revisedFixings()
    #expect(
      try query { $0.allVersions = true } == [
        "2026-01-02 1.10 v1 24…33", "2026-01-03 1.20 v1 48…57", "2026-01-03 1.25 v2 72…81",
      ])
  }

  func asOf() async throws {
    try await revisedFixings()
    #expect(
      try query { $0.asOf = instant(day: 2, hour: 23) }
        == ["2026-01-02 1.10 v1 24…33", "2026-01-03 1.20 v1 48…57"])
    #expect(
      try query { $0.asOf = instant(day: 2, hour: 4) }
        == ["2026-01-02 1.10 v1 24…33", "2026-01-03 1.20 v1 48…52"])
    #expect(try query { $0.asOf = instant(day: 0) } == [])
    #expect(
      try query {
        $0.asOf = instant(day: 3)
        $0.allVersions = true
      }.last == "2026-01-03 1.25 v2 72…72")
  }

  func days() async throws {
    try await revisedFixings()
    for (from, to, rows) in [
      (1, 1, ["2026-01-02 1.10 v1 24…33"]), (2, 9, ["2026-01-03 1.25 v2 72…81"]), (3, 9, []),
    ] as [(Int, Int, [String])] {
      #expect(
        try query {
          $0.since = date(from)
          $0.until = date(to)
        } == rows)
    }
  }

  func undated() async throws {
    for (number, text) in [(1, "1.1"), (2, "1.2"), (3, "1.1")] as [(Int64, String)] {
      try await store.apply(
        Changeset("ecb", number, at: instant(day: 1, hour: Int(number)), ["EUR/USD": text]))
    }
    #expect(try query() == ["- 1.1 v1 25…25", "- 1.2 v1 26…26", "- 1.1 v1 27…27"])
    #expect(try query { $0.since = date(2) } == [])
    #expect(try query { $0.until = date(1) }.count == 3)
  }

  func suspension() async throws {
    for changeset in [
      try Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1.1"]),
      seenAgain("ecb", 1, at: instant(day: 1, hour: 4)),
      try Changeset("ecb", 2, valueDate: date(2), at: instant(day: 2), [:], vanished: ["EUR/USD"]),
      seenAgain("ecb", 2, at: instant(day: 2, hour: 5)),
      try Changeset("ecb", 3, valueDate: date(3), at: instant(day: 3), ["EUR/USD": "1.1"]),
    ] {
      try await store.apply(changeset)
    }
    #expect(try query() == ["2026-01-02 1.1 v1 24…28", "2026-01-04 1.1 v1 72…72"])
    #expect(
      try query { $0.allVersions = true } == [
        "2026-01-02 1.1 v1 24…28", "2026-01-03 unlisted v1 48…53", "2026-01-04 1.1 v1 72…72",
      ])
  }

  func unchanged() async throws {
    for changeset in [
      try Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1.1", "EUR/JPY": "160"]),
      try Changeset("ecb", 2, at: instant(day: 2), ["EUR/JPY": "161"]),
      seenAgain("ecb", 2, at: instant(day: 2, hour: 6)),
    ] {
      try await store.apply(changeset)
    }
    #expect(try query() == ["- 1.1 v1 24…54"])
  }

  func sources() async throws {
    try await store.apply(
      Changeset("cbu", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "1"]))
    try await store.apply(
      Changeset("ecb", 1, valueDate: date(1), at: instant(day: 1), ["EUR/USD": "2"]))
    #expect(try query() == ["2026-01-02 1 v1 24…24", "2026-01-02 2 v1 24…24"])
    #expect(try query { $0.source = SourceName("ecb") } == ["2026-01-02 2 v1 24…24"])
    #expect(try query { $0.source = SourceName("nbkr") } == [])
    #expect(try query { $0.pair = CurrencyPair(base: $0.pair.quote, quote: $0.pair.base) } == [])
  }

  func latest() async throws {
    try await revisedFixings()
    var state = SourceState()
    state.failures = 2
    var polled = Changeset()
    polled.sources = [SourceName("ecb"): state]
    try await store.apply(polled)
    func point(_ text: String, _ number: Int64, day: Int, version: Int = 1) throws -> SeriesPoint {
      SeriesPoint(
        rate: try rate(text), valueDate: date(day), firstSeen: instant(day: Int(number)),
        publication: number, version: version)
    }
    let latest = try opener.openForReading().latestRates()
    #expect(latest.map(\.series) == [try series("ecb", "EUR/USD")])
    #expect(latest[0].point == (try point("1.25", 3, day: 2, version: 2)))
    #expect(latest[0].previous == (try point("1.20", 2, day: 2)))
    #expect(latest[0].previousDay == (try point("1.10", 1, day: 1)))
    #expect(latest[0].lastSeen == instant(day: 3, hour: 9))
    #expect(latest[0].scale == 2)
    #expect(latest[0].isListed)
    #expect(latest[0].source == state)
  }

  func live() async throws {
    let reader = try opener.openForReading()
    #expect(try reader.latestRates() == [])
    try await revisedFixings()
    #expect(try reader.latestRates().count == 1)
    #expect(try reader.latestRates().map(\.lastSeen) == [instant(day: 3, hour: 9)])
  }
}
