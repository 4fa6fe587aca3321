import FXCore

extension SourcePreset {
  /// Rates of 200 currencies that Frankfurter collects from over 80 publishers, as averages.
  ///
  /// Units for 1 dollar. Rows have different dates, of which the newest is read.
  static let frankfurterAll: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "base",
          "quote": "quote",
          "rate": "rate",
          "date": "date",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "frankfurter-all", publisher: "Frankfurter (all publishers)",
        url: "https://api.frankfurter.dev/v2/rates?base=USD",
        accept: "application/json",
        terms: "Free to use; the publishers' own terms hold.",
        examples: [
          "USD/EUR": "0.8427",
          "USD/KGS": "87.45",
          "USD/KZT": "498.12",
          "USD/UZS": "12194.21",
          "USD/JPY": "152.75",
        ]),
      schedule: .interval(.seconds(6 * 3600)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
