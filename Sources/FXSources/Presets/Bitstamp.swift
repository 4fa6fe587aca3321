import FXCore

extension SourcePreset {
  /// Trades and quotes of the exchange Bitstamp, at any time.
  ///
  /// The form is that of its documentation.
  static let bitstamp: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "pair": "pair",
          "rate": "last",
          "bid": "bid",
          "ask": "ask",
          "patterns": [
            "pair": "^(?:BTC|ETH|XRP|LTC|EUR|GBP)/(?:USD|EUR|GBP)$"
          ],
        ]),
      SourcePreset.Facts(
        name: "bitstamp", publisher: "Bitstamp",
        url: "https://www.bitstamp.net/api/v2/ticker/",
        accept: "application/json",
        terms: "See the terms of bitstamp.net.",
        examples: [
          "BTC/USD": "70912",
          "ETH/USD": "2011.1",
          "EUR/USD": "1.18660",
          "GBP/USD": "1.36440",
          "BTC/EUR": "59761",
        ]),
      schedule: .interval(.seconds(5 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
