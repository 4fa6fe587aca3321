extension SourcePreset {
  /// The weekly rates of the National Bank of the Kyrgyz Republic: some forty currencies without a daily
  /// rate, valid for seven days.
  ///
  /// Soms for 1, 10 or 100 units. BYR, withdrawn in 2016, is still listed with BYN; the guard of retired
  /// currencies reports it once. UZS and IRR have one or two digits: a resolution of more than a percent.
  static let nbkrWeekly = nationalBank(
    name: "nbkr-weekly", file: "weekly.xml",
    title: "the weekly rates of the National Bank of Kyrgyzstan", weekdays: 5...5,
    examples: [
      "GBP/KGS": "117.4147",
      "CHF/KGS": "111.2312",
      "JPY/KGS": "5.4969 per 10",
      "TJS/KGS": "9.4148",
      "UZS/KGS": "0.0073",
      "TMT/KGS": "24.9857",
      "TRY/KGS": "1.9118",
    ])
}
