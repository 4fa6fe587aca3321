import FXCore

extension SourcePreset {
  /// The benchmark price of gold at 10:30 in London.
  ///
  /// Dollars, pounds and euros for 1 troy ounce, with all days since 1968. The server refused plain programs with 403 (2026), and use of the
  /// prices needs a licence.
  static let lbmaGoldAM: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rates": [
            "XAU/USD": "v[0]",
            "XAU/GBP": "v[1]",
            "XAU/EUR": "v[2]",
          ],
          "date": "d",
          "dates": "newest",
          "absent": ["0"],
        ]),
      SourcePreset.Facts(
        name: "lbma-gold-am", publisher: "London Bullion Market Association, gold at 10:30",
        url: "https://prices.lbma.org.uk/json/gold_am.json",
        accept: "application/json",
        terms: "Use of the prices needs a licence; personal or internal use only.",
        examples: [
          "XAU/USD": "5012.40",
          "XAU/GBP": "3701.05",
          "XAU/EUR": "4268.10",
        ]),
      schedule: .interval(.seconds(6 * 3600)))
    preset.request = [
      "max_body": "8 MiB"
    ]
    preset.market = .market
    return preset
  }()
}
