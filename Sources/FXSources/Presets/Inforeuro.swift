import FXCore

extension SourcePreset {
  /// The accounting rates of the European Commission, each month.
  ///
  /// Over 150 currencies for 1 euro, of the last working day but one of the month before. The address and the names of the fields are
  /// unverified. The response has no date.
  static let inforeuro = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "base": "EUR",
        "quote": "isoA3Code",
        "rate": "value",
        "repeats": "first",
        "ignore": ["EUR"],
      ]),
    SourcePreset.Facts(
      name: "inforeuro", publisher: "European Commission (InforEuro)",
      url:
        "https://ec.europa.eu/budg/inforeuro/api/public/monthly-rates?lang=EN&year={day:yyyy}&month={day:m}",
      accept: "application/json",
      terms: "Free to use with the source named.",
      examples: [
        "EUR/USD": "1.1866",
        "EUR/JPY": "181.25",
        "EUR/GBP": "0.86940",
        "EUR/KZT": "588.12",
        "EUR/KGS": "103.51",
      ]),
    schedule: .interval(.seconds(12 * 3600)), dating: .pageDay)
}
