import FXCore

extension SourcePreset {
  /// Average prices of cryptocurrencies by CoinGecko.
  ///
  /// The service answers few requests a minute without a key, and refuses more with 429.
  static let coingecko: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "*.*",
          "base": "^.#",
          "quote": "#",
          "rate": ".",
          "names": [
            "bitcoin": "BTC",
            "ethereum": "ETH",
          ],
          "round": "8",
        ]),
      SourcePreset.Facts(
        name: "coingecko", publisher: "CoinGecko",
        url:
          "https://api.coingecko.com/api/v3/simple/price?ids=bitcoin,ethereum&vs_currencies=usd,eur,gbp,jpy",
        accept: "application/json",
        terms: "Name CoinGecko where the prices are shown.",
        examples: [
          "BTC/USD": "70912",
          "ETH/USD": "2011.05",
          "BTC/EUR": "59761",
          "ETH/EUR": "1694.7",
          "BTC/JPY": "10831808",
        ]),
      schedule: .interval(.seconds(10 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
