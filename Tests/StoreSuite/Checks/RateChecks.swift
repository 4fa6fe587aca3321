import FXCore
import Testing

/// The rates at an instant.
struct RateChecks: StoreCheck {
  static let all: [StoreBehaviour] = [
    promise("The latest trusted rates are those of the series that are listed") {
      try await $0.latest()
    },
    promise("The rates as of an instant are those known then") {
      try await $0.asOf()
    },
    promise("The rates up to a day are those of its value date, whenever they were published") {
      try await $0.upToDay()
    },
    promise("The prices of a gram and of an ounce of a metal are two series") {
      try await $0.metals()
    },
    promise("A period of history is a part of the whole history") {
      try await $0.period()
    },
  ]

  private let opener: any StoreOpener
  private let store: any EngineStore

  init(_ opener: any StoreOpener) async throws {
    self.opener = opener
    store = try await opener.openForEngine()
  }

  /// Returns `source pair rate #publication`, by series.
  private func rates(asOf instant: Timestamp? = nil) throws -> [String] {
    try opener.openForReading().rates(asOf: instant).map { rate in
      "\(rate.series) \(rate.point.rate.printed) #\(rate.point.publication)"
    }
  }

  private func fill() async throws {
    var suspect = try Changeset("ecb", 3, at: instant(day: 3), ["KGS/USD": "9"])
    let record = suspect.observations[0]
    suspect.observations = [
      ObservationRecord(
        series: record.series, point: record.point, publishedChange: nil, scale: 0,
        suspicion: try unwrapped(Suspicion("power-of-ten: it is about 10 of the last rate")))
    ]
    for changeset in [
      try Changeset("ecb", 1, at: instant(day: 1), ["KGS/USD": "1.10", "TJS/USD": "2.10"]),
      try Changeset("ecb", 2, at: instant(day: 2), ["TJS/USD": "2.20"], vanished: ["KGS/USD"]),
      suspect,
      try Changeset("bank", 1, at: instant(day: 2, hour: 1), ["KGS/USD": "1.5"]),
    ] {
      try await store.apply(changeset)
    }
  }

  func latest() async throws {
    try await fill()
    #expect(
      try rates() == ["bank KGS/USD 1.5 #1", "ecb KGS/USD 1.10 #1", "ecb TJS/USD 2.20 #2"])
    try await store.apply(
      Changeset("ecb", 4, at: instant(day: 4), ["TJS/USD": "2.30"], vanished: ["KGS/USD"]))
    #expect(try rates() == ["bank KGS/USD 1.5 #1", "ecb TJS/USD 2.30 #4"])
  }

  func metals() async throws {
    var changeset = try Changeset(
      "bank", 1, at: instant(day: 1), ["XAU/USD": "4000", "XAU/EUR": "3"])
    let gram = changeset.observations[0]
    changeset.observations.append(
      ObservationRecord(
        series: Series(
          source: gram.series.source, pair: gram.series.pair, side: gram.series.side.ofGram),
        point: gram.point, publishedChange: nil, scale: 0, suspicion: nil))
    try await store.apply(changeset)
    let pair = gram.series.pair
    #expect(
      try rates().filter { $0.contains("\(pair)") }.map { $0.prefix { $0 != "#" } } == [
        "bank \(pair) \(gram.point.rate.printed) ",
        "bank \(pair) mid gram \(gram.point.rate.printed) ",
      ])
    #expect(try rates().count == 3)
    let loaded = try await store.load(window: .zero, now: instant(day: 2))
    #expect(loaded.series.count == 3)
  }

  func asOf() async throws {
    try await fill()
    #expect(try rates(asOf: instant(day: 0)) == [])
    #expect(
      try rates(asOf: instant(day: 1)) == ["ecb KGS/USD 1.10 #1", "ecb TJS/USD 2.10 #1"])
    #expect(
      try rates(asOf: instant(day: 2)) == ["ecb TJS/USD 2.20 #2"])
    #expect(try rates(asOf: instant(day: 9)) == rates())
  }

  func upToDay() async throws {
    for (number, day, rate) in [(1, 5, "1.1"), (2, 7, "1.2"), (3, 5, "1.15")]
      as [(Int64, Int, String)]
    {
      try await store.apply(
        Changeset(
          "ecb", number, valueDate: date(day), at: instant(day: 4, hour: Int(number)),
          ["KGS/USD": rate]))
    }
    try await store.apply(
      Changeset(
        "ecb", 4, valueDate: date(8), at: instant(day: 8), ["TJS/USD": "2"], vanished: ["KGS/USD"]))
    func rates(_ day: Int) throws -> [String] {
      try opener.openForReading().rates(upTo: date(day)).map {
        "\($0.series.pair) \($0.point.rate.printed) \($0.point.valueDate.map { "\($0)" } ?? "")"
      }
    }
    #expect(try rates(4) == [])
    #expect(try rates(6) == ["KGS/USD 1.15 2026-01-06"])
    #expect(try rates(7) == ["KGS/USD 1.2 2026-01-08"])
    #expect(try rates(8) == ["TJS/USD 2 2026-01-09"])
  }

  func period() async throws {
    let pair = try unwrapped(CurrencyPair("KGS/USD"))
    for number in 1...20 {
      // Days are revised by later publications, and are in no order.
      let day = number * 7 % 11
      try await store.apply(
        Changeset(
          "ecb", Int64(number), valueDate: number % 5 == 0 ? nil : date(day),
          at: instant(day: number), ["KGS/USD": "\(number)"]))
      try await store.apply(seenAgain("ecb", Int64(number), at: instant(day: number, hour: 3)))
    }
    let reader = try opener.openForReading()
    for asOf in [nil, instant(day: 12)] {
      var whole = HistoryQuery(pair: pair)
      whole.asOf = asOf
      whole.allVersions = true
      let all = try reader.history(whole)
      #expect(all.count == (asOf == nil ? 20 : 12))
      for (since, until) in [(0, 20), (3, 7), (7, 7), (12, 30)] {
        var part = whole
        (part.since, part.until) = (date(since), date(until))
        #expect(
          try reader.history(part)
            == all.filter { row in
              (date(since)...date(until)).contains(row.valueDate ?? row.firstSeen.day)
            })
      }
    }
  }
}
