import FXCore

extension SourcePreset {
  /// The reference rates of the Central Bank of Myanmar.
  ///
  /// Kyats for 1 unit, and for 100 of six currencies, which the service does not say (its page does; unverified since 2022). No archive.
  static let cbm = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "rates.*",
        "base": "#",
        "quote": "MMK",
        "rate": ".",
        "date": "$.timestamp",
        "date_format": "unix",
        "zone": "+06:30",
        "decimal": "dot",
        "thousands": "comma",
        "requires": "$.description",
        "names": [
          "JPY": "100 JPY",
          "KHR": "100 KHR",
          "IDR": "100 IDR",
          "KRW": "100 KRW",
          "LAK": "100 LAK",
          "VND": "100 VND",
        ],
      ]),
    SourcePreset.Facts(
      name: "cbm", publisher: "Central Bank of Myanmar",
      url: "https://forex.cbm.gov.mm/api/latest",
      accept: "application/json",
      terms: "Official rates; the bank need not trade at them.",
      examples: [
        "USD/MMK": "2100.0",
        "EUR/MMK": "2478.1",
        "SGD/MMK": "1658.2",
        "THB/MMK": "67.221",
        "JPY/MMK": "1343.5 per 100",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
