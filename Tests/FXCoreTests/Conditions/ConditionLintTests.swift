import FXCore
import Testing

@Suite("The lint of a condition")
struct ConditionLintTests {
  private static func coarseTick(
    _ text: String, pair: String = "UZS/USD", side: Side = .mid, prints printed: String,
    nominal: Int64 = 1, scale: Int
  ) throws -> CoarseTick? {
    let decimal = try #require(ExactDecimal(printed))
    let rate = try #require(Rate(printed: decimal, nominal: nominal))
    let pair = try #require(CurrencyPair(pair))
    let series = Series(source: SourceName("timesca"), pair: pair, side: side)
    return ConditionLint.coarseTick(
      under: try Condition(text), for: series, at: rate, scale: scale)
  }

  @Test("warns that a tick of 12.5 % hides moves of 1 %")
  func sentence() throws {
    #expect(
      try Self.coarseTick("abs(change) > 1%", prints: "0.00008", scale: 5)?.description
        == "UZS/USD at timesca prints 0.00008: one tick is 12.5 %, so smaller moves are below the "
        + "source's rounding; a certain move of 1 % needs 2 ticks, 25 %")
    #expect(
      try Self.coarseTick("change(24h) < -0.25%", side: .bid, prints: "0.00199", scale: 5)?
        .description
        == "UZS/USD bid at timesca prints 0.00199: one tick is 0.5 %, so smaller moves are below the "
        + "source's rounding; a certain move of 0.25 % needs 2 ticks, 1.01 %")
    #expect(
      try Self.coarseTick("change > 0.00001%", prints: "123456.7", scale: 1)?.description
        == "UZS/USD at timesca prints 123456.7: one tick is 0.000081 %, so smaller moves are below "
        + "the source's rounding; a certain move of 0.00001 % needs 2 ticks, 0.00016 %")
  }

  @Test(
    "names the finest threshold that one tick overshoots",
    arguments: [
      ("abs(change) > 1%", 1), ("1% < change", 1), ("change(24h) > 12.4% and change > 3%", 3),
      ("-change > 2%", 2), ("rate > 1 or not change <= -1%", 1),
      ("change > 12.5%", nil), ("change > 20%", nil), ("rate > 0.00008", nil), ("age > 24h", nil),
      ("change > change(24h)", nil), ("change * 2 > 1%", nil), ("change > 0%", 0),
    ] as [(String, Int64?)])
  func finest(text: String, percent: Int64?) throws {
    let found = try Self.coarseTick(text, prints: "0.00008", scale: 5)
    #expect(found?.threshold == percent.map { Fraction(numerator: Int128($0), denominator: 100) })
  }

  @Test("is silent where the tick is fine enough, and where there is nothing to measure")
  func silent() throws {
    #expect(try Self.coarseTick("abs(change) > 1%", prints: "0.09168", scale: 5) == nil)
    #expect(
      try Self.coarseTick("abs(change) > 1%", prints: "0.8", nominal: 10_000, scale: 3) == nil)
    #expect(try Self.coarseTick("abs(change) > 1%", prints: "0.00000", scale: 5) == nil)
    // A format that drops zeros does not coarsen the tick.
    #expect(try Self.coarseTick("abs(change) > 1%", prints: "0.1", scale: 5) == nil)
  }

  @Test("promises just as many ticks as the condition needs, up and down")
  func agreement() throws {
    for printed in ["0.00008", "0.00031", "0.00077", "0.00150"] {
      for percent in ["0.05%", "0.1%", "0.6%"] {
        let text = "abs(change) > \(percent)"
        let found = try #require(try Self.coarseTick(text, prints: printed, scale: 5))
        let before = try #require(ExactDecimal(printed))
        func verdict(_ ticks: Int64) throws -> Verdict {
          let after = try #require(
            ExactDecimal(coefficient: before.coefficient + ticks, scale: before.scale))
          let series = try #require(ConditionSeries([printed, after.description], scale: 5))
          return try series.verdict(text)
        }
        #expect(try verdict(found.certainTicks) == .holds)
        #expect(try verdict(-found.certainTicks) == .holds)
        #expect(try verdict(found.certainTicks - 1) == .undecided)
      }
    }
  }
}
