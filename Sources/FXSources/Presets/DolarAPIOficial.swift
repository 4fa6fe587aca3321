import FXCore

extension SourcePreset {
  /// The official rate of Banco Nación in Argentina, as DolarApi.com collects it.
  ///
  /// Pesos for 1 dollar, buying and selling. The sources behind a name have changed without notice, and rates were wrong for a day.
  static let dolarAPIOficial: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "where": [
            "casa": "oficial"
          ],
          "base": "USD",
          "quote": "ARS",
          "bid": "compra",
          "ask": "venta",
          "date": "fechaActualizacion",
          "date_format": "instant",
          "zone": "-03:00",
        ]),
      SourcePreset.Facts(
        name: "dolarapi-oficial", publisher: "DolarApi.com, official rate of Banco Nación",
        url: "https://dolarapi.com/v1/dolares",
        accept: "application/json",
        terms: "A collection by volunteers; for information only.",
        examples: [
          "USD/ARS": "1415"
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay)
    preset.market = .market
    return preset
  }()
}
