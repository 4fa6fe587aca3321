import FXCore

extension SourcePreset {
  /// The benchmark price of gold at 10:30 in London.
  static let lbmaGoldAM = lbmaGold("am", at: "10:30")

  /// The benchmark price of gold at 15:00 in London.
  static let lbmaGoldPM = lbmaGold("pm", at: "15:00")

  /// Dollars, pounds and euros for 1 troy ounce, with all days since 1968.
  ///
  /// The server refused plain programs with 403 (2026), and use of the prices needs a licence.
  private static func lbmaGold(_ half: String, at time: String) -> SourcePreset {
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
        name: "lbma-gold-\(half)", publisher: "London Bullion Market Association, gold at \(time)",
        url: "https://prices.lbma.org.uk/json/gold_\(half).json",
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
  }
}
