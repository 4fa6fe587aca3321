import FXCore

extension SourcePreset {
  /// The price of gold that the National Bank of Poland computes.
  ///
  /// Zlotys for 1 gram of fine gold, two decimals, on working days.
  static let nbpGold: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "XAU",
          "quote": "PLN",
          "rate": "cena",
          "date": "data",
          "dates": "newest",
          "unit": "gram",
        ]),
      SourcePreset.Facts(
        name: "nbp-gold", publisher: "Narodowy Bank Polski, gold",
        url: "https://api.nbp.pl/api/cenyzlota?format=json",
        accept: "application/json",
        terms: "Free to use with the source named.",
        examples: [
          "XAU/PLN": "574.11"
        ]),
      schedule: .calendar(
        PublicationCalendar(zone: "Europe/Warsaw", hour: 11, minute: 45, holidays: .poland)),
      declaredScale: 2)
    preset.archive = ArchiveAddress(
      "https://api.nbp.pl/api/cenyzlota/{from:yyyy-mm-dd}/{to:yyyy-mm-dd}?format=json", days: 93)
    return preset
  }()
}
