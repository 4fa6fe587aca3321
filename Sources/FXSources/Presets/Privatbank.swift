import FXCore

extension SourcePreset {
  /// The cash and card rates of PrivatBank in Ukraine.
  ///
  /// Hryvnias for 1 unit; rows with only the rates of the National Bank are not read.
  static let privatbank: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "exchangeRate",
          "base": "currency",
          "quote": "UAH",
          "bid": "purchaseRate",
          "ask": "saleRate",
          "date": "$.date",
          "date_format": "dd.mm.yyyy",
          "ignore": ["UAH"],
          "patterns": [
            "base": "^[A-Z]{3}$"
          ],
        ]),
      SourcePreset.Facts(
        name: "privatbank", publisher: "PrivatBank (Ukraine)",
        url: "https://api.privatbank.ua/p24api/exchange_rates?json&date={day:dd.mm.yyyy}",
        accept: "application/json",
        terms: "Personal or internal use; see the terms of privatbank.ua.",
        examples: [
          "USD/UAH": "43.10",
          "EUR/UAH": "50.80",
          "GBP/UAH": "58.20",
          "CHF/UAH": "54.90",
          "PLN/UAH": "12.05",
        ]),
      schedule: .interval(.seconds(3600)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
