import FXCore
import Testing

@Suite("A condition that reads more than its series")
struct ConditionNeighboursTests {
  private static func range(_ rate: String, scale: Int = 4) throws -> RateRange {
    let printed = try #require(ExactDecimal(rate))
    let rate = try #require(Rate(printed: printed))
    return RateRange(rate: rate.perUnit, tick: rate.tick(scale: scale))
  }

  @Test(
    "measures its distance from another source in percent of that one",
    arguments: [
      ("spread(ecb) > 9.9%", Verdict.holds), ("spread(ecb) > 10%", .undecided),
      ("abs(spread(ecb)) < 9%", .doesNotHold), ("spread(my-bank.2) < 0%", .holds),
      ("spread(cbu) > 1%", .unknown(because: "cbu prints no rate of the pair")),
    ])
  func spread(text: String, expected: Verdict) throws {
    var series = try #require(ConditionSeries(["1.1000"], scale: 4))
    series.others = [
      SourceName("ecb"): try Self.range("1.0000"),
      SourceName("my-bank.2"): try Self.range("1.2000"),
    ]
    #expect(try series.verdict(text) == expected)
  }

  @Test("names a source that is not there, with a caret")
  func unknownSource() throws {
    let condition = try Condition("rate > 1 and spread(ebc) > 1%")
    #expect(condition.problem(ofSourcesAmong: ["ebc"]) == nil)
    #expect(
      condition.problem(ofSourcesAmong: ["ecb", "timesca"])?.description == """
        rate > 1 and spread(ebc) > 1%
                            ^^^ unknown source 'ebc'; expected one of ecb, timesca; \
        did you mean 'ecb'?
        """)
  }

  @Test(
    "derives a cross rate from legs in either direction",
    arguments: [
      ("cross(EUR/USD) == 1.1", Verdict.holds), ("cross(USD/EUR) > 0.909", .holds),
      ("cross(USD/JPY) > 149", .holds), ("cross(USD/JPY) < 151", .holds),
      ("cross(JPY/USD) > 0.0066", .holds), ("cross(USD/JPY) == 150", .undecided),
      ("cross(USD/CHF) > 0.8", .holds), ("cross(CHF/USD) < 1.2", .doesNotHold),
      ("cross(CHF/JPY) > 179", .holds), ("cross(CHF/JPY) < 182", .holds),
      (
        "cross(USD/KZT) > 1",
        .unknown(because: "the source prints no rates from which USD/KZT can be computed")
      ),
    ])
  func cross(text: String, expected: Verdict) throws {
    var series = try #require(ConditionSeries(["1.1000"], scale: 4))
    for (pair, rate) in [("EUR/USD", "1.1000"), ("EUR/JPY", "165.0000"), ("CHF/EUR", "1.0936")] {
      series.beside[try #require(CurrencyPair(pair))] = try Self.range(rate)
    }
    #expect(try series.verdict(text) == expected)
  }

  @Test("gives no wrong result for a cross rate, whatever the rounding")
  func crossHonesty() throws {
    var numbers = ModelNumbers(seed: 31)
    for _ in 0..<2000 {
      // True legs in thousandths of a tick.
      let first = Int64.random(in: 5000...3_000_000, using: &numbers)
      let second = Int64.random(in: 5000...3_000_000, using: &numbers)
      var series = try #require(ConditionSeries(["1"], scale: 5))
      for (pair, value) in [("EUR/USD", first), ("EUR/JPY", second)] {
        let rate = try #require(ExactDecimal(coefficient: (value + 500) / 1000, scale: 5))
        series.beside[try #require(CurrencyPair(pair))] = try Self.range(
          rate.description, scale: 5)
      }
      let truth = Fraction(numerator: Int128(second), denominator: Int128(first))
      for (sign, word) in [(-1, "<"), (1, ">")] {
        let bound = try #require(
          truth.adding(
            Fraction(numerator: Int128(sign), denominator: 1_000_000), rounding: .toNearest))
        guard !bound.isNegative else { continue }
        let text = "cross(USD/JPY) \(word) \(bound.plainText(places: 9))"
        #expect(try series.verdict(text) != .holds)
      }
    }
  }

  @Test("counts missed publications where there is a calendar")
  func missed() throws {
    var series = try #require(ConditionSeries(["1"], scale: 0))
    #expect(
      try series.verdict("missed > 1") == .unknown(because: "the source has no calendar"))
    series.missed = 2
    #expect(try series.verdict("missed > 1") == .holds)
    #expect(try series.verdict("missed > 2") == .doesNotHold)
    #expect(try Condition("missed > 1").usesClock)
  }

  @Test("reads the flags of a publication")
  func flags() throws {
    var series = try #require(ConditionSeries(["1"], scale: 0))
    for text in ["revised", "suspect"] { #expect(try series.verdict(text) == .doesNotHold) }
    series.isRevision = true
    series.isSuspect = true
    for text in ["revised", "suspect", "revised and suspect"] {
      #expect(try series.verdict(text) == .holds)
      #expect(try Condition(text).kind == .event)
    }
  }

  @Test(
    "holds if a printed change contradicts the rates, whatever the rounding",
    arguments: [
      // before, after, printed change, decimals it is computed on, mismatch
      ("0.09168", "0.10563", "-0.09%", 4, true), ("0.00199", "0.00202", "0%", 4, false),
      ("0.00199", "0.00202", "-0%", 4, false), ("0.00199", "0.00202", "0%", nil, true),
      ("0.01164", "0.01154", "-0.86%", 4, false), ("0.01164", "0.01154", "0.86%", 4, true),
      ("0.01164", "0.01154", "0.86 %", nil, true), ("0.01164", "0.01154", "−0,86%", nil, false),
      ("12210.71", "12194.21", "-16.5", nil, false), ("12210.71", "12194.21", "16.5", nil, true),
      ("12210.71", "12194.21", "-15.5", nil, true),
    ] as [(String, String, String, Int?, Bool)])
  func mismatch(
    old: String, new: String, printed: String, scale: Int?, isMismatch: Bool
  ) throws {
    let printedScale = try #require(ExactDecimal(new)).scale
    var series = try #require(ConditionSeries([old, new], scale: printedScale))
    series.publishedChange = printed
    series.changeScale = scale
    let expected = isMismatch ? Verdict.holds : .doesNotHold
    #expect(try series.verdict("change_mismatch") == expected)
    // A change that fits the move since another day is no contradiction.
    series.otherDay = series.current
    series.publishedChange = "0%"
    #expect(try series.verdict("change_mismatch") == .doesNotHold)
  }

  @Test("finds no contradiction in an unchanged rate, or on the first day")
  func standing() throws {
    var series = try #require(ConditionSeries(["0.09168", "0.10563"], scale: 5))
    series.publishedChange = "-0.09%"
    #expect(try series.verdict("change_mismatch") == .holds)
    series.repeats = 1
    #expect(try series.verdict("change_mismatch") == .doesNotHold)
    series.repeats = 0
    let day = CalendarDay(daysSinceEpoch: 20_000)
    series.points = series.points.map {
      SeriesPoint(
        rate: $0.rate, valueDate: day, firstSeen: $0.firstSeen, publication: $0.publication,
        version: 1)
    }
    #expect(
      try series.verdict("change_mismatch")
        == .unknown(because: "there is no rate before this one"))
  }

  @Test("needs a readable change and a previous rate to find a contradiction")
  func noMismatch() throws {
    var series = try #require(ConditionSeries(["1", "2"], scale: 0))
    let absent = Verdict.unknown(because: "the source prints no change")
    #expect(try series.verdict("change_mismatch") == absent)
    series.publishedChange = "n/a"
    #expect(try series.verdict("change_mismatch") == absent)
    series.points.removeFirst()
    series.publishedChange = "1%"
    #expect(
      try series.verdict("change_mismatch")
        == .unknown(because: "there is no rate before this one"))
  }
}
