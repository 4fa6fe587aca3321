import FXCore

extension SourcePreset {
  /// The representative market rate (TRM) of the dollar in Colombia, from the government's open data.
  ///
  /// Pesos for 1 dollar, two decimals. Tomorrow's rate is known today, and one rate is valid over weekends and holidays.
  static let banrep: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "USD",
          "quote": "COP",
          "rate": "valor",
          "date": "vigenciadesde",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "banrep", publisher: "Banco de la República (Colombia)",
        url:
          "https://www.datos.gov.co/resource/32sa-8pi3.json?$order=vigenciadesde%20DESC&$limit=1",
        accept: "application/json",
        terms: "Free to use with the source named.",
        examples: [
          "USD/COP": "3712.55"
        ]),
      schedule: .interval(.seconds(3 * 3600)), declaredScale: 2)
    preset.archive = ArchiveAddress(
      "https://www.datos.gov.co/resource/32sa-8pi3.json?$where=vigenciadesde%20between%20%27{from:yyyy-mm-dd}%27%20and%20%27{to:yyyy-mm-dd}%27&$order=vigenciadesde&$limit=1000",
      days: 900)
    return preset
  }()
}
