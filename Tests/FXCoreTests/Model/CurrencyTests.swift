import FXCore
import Testing

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
