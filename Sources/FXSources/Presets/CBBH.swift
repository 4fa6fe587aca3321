import FXCore

extension SourcePreset {
  /// The rates of the Central Bank of Bosnia and Herzegovina.
  ///
  /// Convertible marks for 1 or 100 units, six decimals, dated Tuesday to Saturday. The names of the outer fields are unverified.
  static let cbbh = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "CurrencyExchangeItems",
        "base": "AlphaCode",
        "quote": "BAM",
        "nominal": "Units",
        "bid": "Buy",
        "rate": "Middle",
        "ask": "Sell",
        "date": "$.Date",
      ]),
    SourcePreset.Facts(
      name: "cbbh", publisher: "Central Bank of Bosnia and Herzegovina",
      url: "https://www.cbbh.ba/CurrencyExchange/GetJson?date={day:mm/dd/yyyy}",
      accept: "application/json",
      terms: "Non-commercial use only.",
      examples: [
        "EUR/BAM": "1.955830",
        "USD/BAM": "1.656600",
        "GBP/BAM": "2.242600",
        "CHF/BAM": "2.140200",
        "JPY/BAM": "1.063600 per 100",
      ]),
    schedule: .interval(.seconds(6 * 3600)), declaredScale: 6)
}
