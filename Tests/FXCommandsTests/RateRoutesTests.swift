import FXCommands
import FXCore
import Testing

@Suite("The way from one currency to another")
struct RateRoutesTests {
  private static let source = SourceName("bank")

  /// A rate printed as `EUR/USD 1.2345`, or with a side and a day behind it.
  private static func rate(_ text: String, _ side: Side = .mid, day: Int = 20_504) -> RateAsOf {
    let words = text.split(separator: " ")
    guard let pair = CurrencyPair(words[0]), let value = ExactDecimal(words[1]),
      let rate = Rate(printed: value)
    else { preconditionFailure("\(text) is no rate") }
    return RateAsOf(
      series: Series(source: source, pair: pair, side: side),
      point: SeriesPoint(
        rate: rate, valueDate: CalendarDay(daysSinceEpoch: day), firstSeen: Timestamp(seconds: 0),
        publication: 1, version: 1), scale: value.scale)
  }

  private static func routes(_ rates: [RateAsOf], _ pair: String) -> [String] {
    guard let pair = CurrencyPair(pair) else { return [] }
    return RateRoutes(rates, of: source).routes(for: pair).map { route in
      let text = RangeText(route.range)
      return "\(route.side.rawValue) \(text.value) \(text.low) \(text.high) \(route.text)"
    }
  }

  @Test("is the printed pair, with the range of its rounding")
  func printed() {
    #expect(
      Self.routes([Self.rate("KGS/USD 0.01144"), Self.rate("EUR/USD 1.10")], "KGS/USD")
        == ["mid 0.011440 0.011435 0.011445 KGS/USD"])
  }

  @Test("is the inverse, whose range contains every true rate")
  func inverse() {
    #expect(
      Self.routes([Self.rate("KGS/USD 0.01144")], "USD/KGS")
        == ["mid 87.413 87.374 87.451 1/(KGS/USD)"])
  }

  @Test("leads through one currency that both pairs have, in any direction")
  func through() {
    #expect(
      Self.routes([Self.rate("KGS/USD 0.01144"), Self.rate("KZT/USD 0.00202")], "KGS/KZT")
        == ["mid 5.663 5.646 5.680 KGS/USD × 1/(KZT/USD)"])
    #expect(
      Self.routes([Self.rate("USD/KGS 87.45"), Self.rate("EUR/KGS 95.20")], "EUR/USD")
        == ["mid 1.08862 1.08850 1.08875 EUR/KGS × 1/(USD/KGS)"])
  }

  @Test("takes the newest of several ways, and of these the most precise")
  func best() {
    let coarse = [Self.rate("GBP/CHF 1.1"), Self.rate("CHF/SEK 11.8")]
    let fine = [Self.rate("GBP/USD 1.2712"), Self.rate("USD/SEK 10.4211")]
    #expect(Self.routes(coarse + fine, "GBP/SEK").first?.hasSuffix("GBP/USD × USD/SEK") == true)
    let old = [
      Self.rate("GBP/USD 1.2712", day: 20_000), Self.rate("USD/SEK 10.4211", day: 20_504),
    ]
    #expect(Self.routes(coarse + old, "GBP/SEK").first?.hasSuffix("GBP/CHF × CHF/SEK") == true)
  }

  @Test("uses the ask where a bid is inverted")
  func sides() {
    let rates = [Self.rate("USD/KGS 87.00", .bid), Self.rate("USD/KGS 88.00", .ask)]
    #expect(
      Self.routes(rates, "KGS/USD") == [
        "bid 0.0113636 0.0113629 0.0113643 1/(USD/KGS)",
        "ask 0.0114943 0.0114935 0.0114950 1/(USD/KGS)",
      ])
  }

  @Test("does not exist where no two pairs meet, or a rate may be zero")
  func none() {
    #expect(Self.routes([Self.rate("USD/KGS 87.00"), Self.rate("EUR/GBP 0.85")], "USD/EUR") == [])
    #expect(Self.routes([Self.rate("VND/USD 0.0000")], "USD/VND") == [])
    #expect(Self.routes([], "USD/VND") == [])
  }
}
