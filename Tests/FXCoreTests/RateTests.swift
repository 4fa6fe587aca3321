import FXCore
import Testing

@Suite("A rate as printed")
struct RateTests {
  private func rate(_ printed: String, for nominal: Int64 = 1) throws -> Rate {
    let printed = try #require(ExactDecimal(printed))
    return try #require(Rate(printed: printed, nominal: nominal))
  }

  @Test(
    "of one unit has the digits that were printed",
    arguments: [
      ("7.18", 10, "0.718"), ("5.43", 100, "0.0543"), ("87.4500", 1, "87.4500"),
      ("0.00008", 1, "0.00008"), ("42", 1000, "0.042"), ("1", 3, "0.333333333333333333"),
    ] as [(String, Int64, String)])
  func perUnit(printed: String, nominal: Int64, expected: String) throws {
    #expect(try rate(printed, for: nominal).perUnitText == expected)
  }

  @Test(
    "has a tick of the series' scale, divided by the nominal",
    arguments: [
      ("0.00008", 1, 5, "0.00001"), ("5.43", 100, 2, "0.0001"), ("122", 1, 4, "0.0001"),
      ("42", 1000, 0, "0.001"),
    ] as [(String, Int64, Int, String)])
  func tick(printed: String, nominal: Int64, scale: Int, expected: String) throws {
    #expect(try rate(printed, for: nominal).tick(scale: scale).plainText == expected)
  }

  @Test("is another one when its nominal is another, even if a unit costs the same")
  func nominalCounts() throws {
    #expect(try rate("7.18", for: 10) != rate("0.718"))
    #expect(try rate("7.180") == rate("7.18"))
  }

  @Test("has a nominal from 1 to a thousand million", arguments: [0, -1, 1_000_000_001] as [Int64])
  func refusesNominals(nominal: Int64) throws {
    let printed = try #require(ExactDecimal("1.0"))
    #expect(Rate(printed: printed, nominal: nominal) == nil)
  }
}

@Suite("Currencies, pairs and series")
struct CurrencyTests {
  @Test(
    "a code is three capital letters", arguments: ["", "US", "USDX", "usd", "U$D", "US1", "ÜSD"])
  func refusesCodes(text: String) {
    #expect(Currency(text) == nil)
  }

  @Test("codes keep their text and sort as text")
  func codes() throws {
    let codes = ["ZWG", "AED", "KGS", "AAA", "ZZZ"]
    let currencies = try codes.map { try #require(Currency($0)) }
    #expect(currencies.map(\.code) == codes)
    #expect(currencies.sorted().map(\.code) == codes.sorted())
  }

  @Test(
    "a pair is two codes and a slash",
    arguments: ["", "EUR", "EURUSD", "EUR/", "/USD", "EUR/USD/X", "eur/usd", "EUR / USD"])
  func refusesPairs(text: String) {
    #expect(CurrencyPair(text) == nil)
  }

  @Test("a series names its side where it is not mid")
  func seriesText() throws {
    let pair = try #require(CurrencyPair("EUR/PLN"))
    let source = SourceName("nbp")
    #expect(Series(source: source, pair: pair, side: .mid).description == "nbp EUR/PLN")
    #expect(Series(source: source, pair: pair, side: .bid).description == "nbp EUR/PLN bid")
  }
}

@Suite("Spread and jitter")
struct StableRandomTests {
  @Test("are the same every time, and differ by text and counter")
  func isStable() {
    let share = { StableRandom.share(of: .seconds(100), $0, $1) }
    #expect(share("ecb", 1) == share("ecb", 1))
    #expect(share("ecb", 1) != share("ecb", 2))
    #expect(share("ecb", 1) != share("cbu", 1))
  }

  @Test("stay within their bounds and use all of them")
  func staysInBounds() {
    let all = (0..<5000).map {
      StableRandom.jittered(.seconds(100), percent: 10, "ecb", $0).milliseconds
    }
    #expect(all.allSatisfy { (90_000...110_000).contains($0) })
    #expect(all.min() ?? 0 < 91_000)
    #expect(all.max() ?? 0 > 109_000)
    let mean = all.reduce(0, +) / Int64(all.count)
    #expect((99_500...100_500).contains(mean))
  }
}

@Suite("Counts in words")
struct PluralTextTests {
  @Test("take the plural they need")
  func plural() {
    #expect(PluralText.text(1, "source") == "1 source")
    #expect(PluralText.text(0, "source") == "0 sources")
    #expect(PluralText.text(2, "delivery", plural: "deliveries") == "2 deliveries")
  }
}
