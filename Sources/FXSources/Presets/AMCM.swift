import FXCore

extension SourcePreset {
  /// The reference rates of the Monetary Authority of Macao.
  ///
  /// Patacas for 1 or 100 units; the field of the rate is called usdMeanValue in spite of that. At most four months a request. The names
  /// of the other fields are unverified.
  static let amcm: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "data",
          "base": "currencyCode",
          "quote": "MOP",
          "rate": "usdMeanValue",
          "nominal": "unit",
          "date": "date",
          "dates": "newest",
          "ignore": ["ECU", "LIQ"],
        ]),
      SourcePreset.Facts(
        name: "amcm", publisher: "Monetary Authority of Macao",
        url:
          "https://www.amcm.gov.mo/api/v1.0/cms/financial_info?QueryType=1&Begin={day-7:yyyy-mm-dd}&End={day:yyyy-mm-dd}",
        accept: "application/json",
        terms: "Official rates; name the bank where they are shown.",
        examples: [
          "USD/MOP": "8.0590",
          "HKD/MOP": "103.0000 per 100",
          "EUR/MOP": "9.4300",
          "CNY/MOP": "116.7000 per 100",
          "JPY/MOP": "5.1500 per 100",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
    preset.archive = ArchiveAddress(
      "https://www.amcm.gov.mo/api/v1.0/cms/financial_info?QueryType=1&Begin={from:yyyy-mm-dd}&End={to:yyyy-mm-dd}",
      days: 90)
    return preset
  }()
}
