import FXCore

extension SourcePreset {
  /// The FIX rate and other rates of Banco de México; a free token is the key.
  ///
  /// Pesos for 1 unit, four decimals. `N/E` is a day without a rate. The numbers of the series besides the recorded ones are unverified.
  static let banxico: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "bmx.series.*.datos",
          "base": "^.idSerie",
          "quote": "MXN",
          "rate": "dato",
          "date": "fecha",
          "date_format": "dd/mm/yyyy",
          "dates": "newest",
          "names": [
            "SF43718": "USD",
            "SF46410": "EUR",
            "SF46406": "JPY",
            "SF46407": "GBP",
            "SF60632": "CAD",
          ],
        ]),
      SourcePreset.Facts(
        name: "banxico", publisher: "Banco de México",
        url:
          "https://www.banxico.org.mx/SieAPIRest/service/v1/series/SF43718,SF46410,SF46406,SF46407,SF60632/datos/oportuno",
        accept: "application/json",
        terms: "A free token; name the bank where the rates are shown.",
        examples: [
          "USD/MXN": "17.2510",
          "EUR/MXN": "20.4500",
          "JPY/MXN": "0.1119",
          "GBP/MXN": "23.5001",
          "CAD/MXN": "12.6700",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
    preset.request = [
      "headers": [
        "Bmx-Token": "{key}"
      ]
    ]
    return preset
  }()
}
