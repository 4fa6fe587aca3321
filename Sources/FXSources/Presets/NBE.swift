import FXCore

extension SourcePreset {
  /// The indicative daily rates of the National Bank of Ethiopia, since October 2024.
  ///
  /// Birr for 1 unit: averages of the banks. The names of the outer fields are unverified.
  static let nbe = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "data",
        "base": "currency.code",
        "quote": "ETB",
        "rate": "weighted_average",
        "date": "date",
        "dates": "newest",
      ]),
    SourcePreset.Facts(
      name: "nbe", publisher: "National Bank of Ethiopia",
      url: "https://api.nbe.gov.et/api/filter-exchange-rates?date={day:yyyy-mm-dd}",
      accept: "application/json",
      terms: "Official rates; the bank need not trade at them.",
      examples: [
        "USD/ETB": "155.2110",
        "EUR/ETB": "183.1000",
        "GBP/ETB": "209.4000",
        "CNY/ETB": "22.4000",
        "AED/ETB": "42.2600",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
