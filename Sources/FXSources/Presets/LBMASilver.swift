import FXCore

extension SourcePreset {
  /// The benchmark price of silver at 12:00 in London.
  ///
  /// Dollars, pounds and euros for 1 troy ounce, with all days since 1968. The server refused plain programs with 403 (2026), and use of the
  /// prices needs a licence.
  static let lbmaSilver: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rates": [
            "XAG/USD": "v[0]",
            "XAG/GBP": "v[1]",
            "XAG/EUR": "v[2]",
          ],
          "date": "d",
          "dates": "newest",
          "absent": ["0"],
        ]),
      SourcePreset.Facts(
        name: "lbma-silver", publisher: "London Bullion Market Association, silver at 12:00",
        url: "https://prices.lbma.org.uk/json/silver.json",
        accept: "application/json",
        terms: "Use of the prices needs a licence; personal or internal use only.",
        examples: [
          "XAG/USD": "61.115",
          "XAG/GBP": "45.13",
          "XAG/EUR": "52.04",
        ]),
      schedule: .interval(.seconds(6 * 3600)))
    preset.request = [
      "max_body": "8 MiB"
    ]
    preset.market = .market
    return preset
  }()
}
