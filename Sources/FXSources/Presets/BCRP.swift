import FXCore

extension SourcePreset {
  /// The interbank rate of the dollar from the Central Reserve Bank of Peru.
  ///
  /// Soles for 1 dollar, bid and ask. Months are English, except September (`Set`); `n.d.` is a missing rate.
  static let bcrp: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "periods",
          "base": "USD",
          "quote": "PEN",
          "bid": "values[0]",
          "ask": "values[1]",
          "date": "name",
          "date_format": "dd.Mon.yy",
          "dates": "newest",
          "months": [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "set", "oct", "nov", "dec",
          ],
          "absent": ["n.d."],
        ]),
      SourcePreset.Facts(
        name: "bcrp", publisher: "Banco Central de Reserva del Perú",
        url:
          "https://estadisticas.bcrp.gob.pe/estadisticas/series/api/PD04639PD-PD04640PD/json/{day-14:yyyy-m-d}/{day:yyyy-m-d}/ing",
        accept: "application/json",
        terms: "Free to use with the source named.",
        examples: [
          "USD/PEN": "3.3520"
        ]),
      schedule: .interval(.seconds(6 * 3600)))
    preset.archive = ArchiveAddress(
      "https://estadisticas.bcrp.gob.pe/estadisticas/series/api/PD04639PD-PD04640PD/json/{from:yyyy-m-d}/{to:yyyy-m-d}/ing",
      days: 900)
    return preset
  }()
}
