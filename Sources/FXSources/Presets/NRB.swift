import FXCore

extension SourcePreset {
  /// The buying and selling rates of Nepal Rastra Bank.
  ///
  /// Rupees for 1, 10 or 100 units, two decimals, every day of the week.
  static let nrb = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "data.payload[0].rates",
        "base": "currency.iso3",
        "quote": "NPR",
        "nominal": "currency.unit",
        "bid": "buy",
        "ask": "sell",
        "date": "$.data.payload[0].date",
      ]),
    SourcePreset.Facts(
      name: "nrb", publisher: "Nepal Rastra Bank",
      url:
        "https://www.nrb.org.np/api/forex/v1/rates?from={day:yyyy-mm-dd}&to={day:yyyy-mm-dd}&per_page=100&page=1",
      accept: "application/json",
      terms: "Official rates; the bank need not trade at them.",
      examples: [
        "USD/NPR": "143.20",
        "EUR/NPR": "168.90",
        "GBP/NPR": "193.40",
        "INR/NPR": "160.00 per 100",
        "JPY/NPR": "9.18 per 10",
      ]),
    schedule: .interval(.seconds(3 * 3600)), declaredScale: 2)
}
