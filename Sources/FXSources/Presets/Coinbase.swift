import FXCore

extension SourcePreset {
  /// The rates with which Coinbase converts currencies and cryptocurrencies.
  ///
  /// Units for 1 dollar, at any time. The form is that of its documentation.
  static let coinbase: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "data.rates.*",
          "base": "USD",
          "quote": "#",
          "rate": ".",
          "round": "12",
          "only": [
            "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "INR", "BRL", "MXN", "KZT", "KGS",
            "UZS", "TJS", "TRY", "UAH", "PLN", "BTC", "ETH",
          ],
        ]),
      SourcePreset.Facts(
        name: "coinbase", publisher: "Coinbase",
        url: "https://api.coinbase.com/v2/exchange-rates?currency=USD",
        accept: "application/json",
        terms: "See the terms of coinbase.com.",
        examples: [
          "USD/EUR": "0.8427",
          "USD/BTC": "0.0000141",
          "USD/KZT": "498.12",
          "USD/JPY": "152.75",
          "USD/GBP": "0.7329",
        ]),
      schedule: .interval(.seconds(5 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
