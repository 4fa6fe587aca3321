import FXCore

extension SourcePreset {
  /// The middle rates of the National Bank of North Macedonia.
  ///
  /// Denars for 1 or 100 units, four decimals, every day of the week. The form of the fields was not recorded here.
  static let nbrm: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "oznaka",
          "quote": "MKD",
          "rate": "sreden",
          "nominal": "nomin",
          "date": "datum",
        ]),
      SourcePreset.Facts(
        name: "nbrm", publisher: "National Bank of North Macedonia",
        url:
          "https://www.nbrm.mk/KLServiceNOV/GetExchangeRate?StartDate={day:dd.mm.yyyy}&EndDate={day:dd.mm.yyyy}&format=json",
        accept: "application/json",
        terms: "Official rates; name the bank where they are shown.",
        examples: [
          "EUR/MKD": "61.6950",
          "USD/MKD": "52.2551",
          "GBP/MKD": "70.7402",
          "CHF/MKD": "67.5100",
          "JPY/MKD": "33.5500 per 100",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
    preset.archive = ArchiveAddress(
      "https://www.nbrm.mk/KLServiceNOV/GetExchangeRate?StartDate={from:dd.mm.yyyy}&EndDate={to:dd.mm.yyyy}&format=json",
      days: 90)
    return preset
  }()
}
