import FXCore

extension SourcePreset {
  /// The card rates of monobank in Ukraine.
  ///
  /// Hryvnias for 1 unit, with currencies by their numbers; a rate of 0 is none. The service answers once in five minutes and refuses
  /// more with 429. The offset of the zone is that of winter.
  static let monobank: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "currencyCodeA",
          "quote": "currencyCodeB",
          "rate": "rateCross",
          "bid": "rateBuy",
          "ask": "rateSell",
          "date": "date",
          "date_format": "unix",
          "zone": "+02:00",
          "dates": "newest",
          "absent": ["0"],
        ]),
      SourcePreset.Facts(
        name: "monobank", publisher: "monobank (Universal Bank, Kyiv)",
        url: "https://api.monobank.ua/bank/currency",
        accept: "application/json",
        terms: "Personal use; the service limits requests.",
        examples: [
          "USD/UAH": "42.95",
          "EUR/UAH": "50.10",
          "GBP/UAH": "57.80",
          "PLN/UAH": "11.92",
          "CHF/UAH": "54.10",
        ]),
      schedule: .interval(.seconds(10 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
