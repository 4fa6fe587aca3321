import FXCore
import Testing

@Suite("The key of an alert")
struct AlertKeyTests {
  @Test("has the pair of its series, and none where the alert is about several pairs")
  func pair() throws {
    let pair = try #require(CurrencyPair("EUR/USD"))
    let page = SourceName("page")
    let one = AlertKey(rule: "high", series: Series(source: page, pair: pair, side: .mid))
    let several = AlertKey(rule: "high", series: .group(of: page))
    #expect(one.pair == pair)
    #expect(several.pair == nil)
    #expect(several.series.description == "page (group)")
    #expect([one.orderingKey, several.orderingKey] == ["page EUR/USD", "page high"])
  }
}
