import FXCore

extension SourcePreset {
  /// The interbank rates of Bank Negara Malaysia at 17:00.
  ///
  /// Ringgit for 1 or 100 units. The service refuses requests without its own Accept header; a rate of 0 is none.
  static let bnm = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "data",
        "base": "currency_code",
        "quote": "MYR",
        "nominal": "unit",
        "bid": "rate.buying_rate",
        "ask": "rate.selling_rate",
        "rate": "rate.middle_rate",
        "date": "rate.date",
        "dates": "newest",
        "absent": ["0"],
      ]),
    SourcePreset.Facts(
      name: "bnm", publisher: "Bank Negara Malaysia",
      url: "https://api.bnm.gov.my/public/exchange-rate?session=1700&quote=rm",
      accept: "application/vnd.BNM.API.v1+json",
      terms: "Free to use with the source named.",
      examples: [
        "USD/MYR": "3.9120",
        "EUR/MYR": "4.6200",
        "GBP/MYR": "5.2900",
        "SGD/MYR": "3.0900",
        "JPY/MYR": "2.5030 per 100",
      ]),
    schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
}
