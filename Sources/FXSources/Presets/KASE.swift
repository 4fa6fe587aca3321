import FXCore

extension SourcePreset {
  /// The currency market of the Kazakhstan Stock Exchange, with settlement tomorrow.
  ///
  /// Tenge for 1 unit. The page has no date and moves within the day; instruments without a name are not read.
  static let kase: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .html,
        [
          "rows": "//table//tr[td]",
          "pair": "td[1]",
          "patterns": [
            "pair": "^([A-Z]{6})_TOM$"
          ],
          "rate": "td[2]",
          "decimal": "comma",
          "thousands": "space",
        ]),
      SourcePreset.Facts(
        name: "kase", publisher: "Kazakhstan Stock Exchange",
        url: "https://kase.kz/en/currency/",
        accept: "text/html",
        terms: "Personal or internal use; see the terms of kase.kz.",
        examples: [
          "USD/KZT": "498.15",
          "EUR/KZT": "587.90",
          "CNY/KZT": "72.11",
          "RUB/KZT": "6.48",
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay, declaredScale: 2)
    preset.market = .market
    return preset
  }()
}
