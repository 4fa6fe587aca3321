import FXCore

extension SourcePreset {
  /// Trades and quotes of the exchange Kraken, which calls bitcoin XBT.
  ///
  /// Last trade, bid and ask, at any time.
  static let kraken: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "result.*",
          "pair": "#",
          "rate": "c[0]",
          "bid": "b[0]",
          "ask": "a[0]",
          "names": [
            "XXBTZUSD": "BTC/USD",
            "XXBTZEUR": "BTC/EUR",
            "XETHZUSD": "ETH/USD",
            "ZEURZUSD": "EUR/USD",
            "EURUSD": "EUR/USD",
            "ZGBPZUSD": "GBP/USD",
            "GBPUSD": "GBP/USD",
            "ZUSDZJPY": "USD/JPY",
            "USDJPY": "USD/JPY",
            "USDCHF": "USD/CHF",
          ],
        ]),
      SourcePreset.Facts(
        name: "kraken", publisher: "Kraken",
        url:
          "https://api.kraken.com/0/public/Ticker?pair=XBTUSD,XBTEUR,ETHUSD,EURUSD,GBPUSD,USDJPY,USDCHF",
        accept: "application/json",
        terms: "See the terms of kraken.com.",
        examples: [
          "BTC/USD": "70912.10",
          "ETH/USD": "2011.05",
          "EUR/USD": "1.18660",
          "GBP/USD": "1.36440",
          "USD/JPY": "152.750",
        ]),
      schedule: .interval(.seconds(5 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
