import FXCore

extension SourcePreset {
  /// The informal (blue) dollar in Argentina, as DolarApi.com collects it.
  ///
  /// Pesos for 1 dollar, buying and selling. The sources behind a name have changed without notice, and rates were wrong for a day.
  static let dolarAPIBlue: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "where": [
            "casa": "blue"
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
        name: "dolarapi-blue", publisher: "DolarApi.com, informal (blue) dollar",
        url: "https://dolarapi.com/v1/dolares",
        accept: "application/json",
        terms: "A collection by volunteers; for information only.",
        examples: [
          "USD/ARS": "1415"
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay)
    preset.market = .street
    return preset
  }()
}
