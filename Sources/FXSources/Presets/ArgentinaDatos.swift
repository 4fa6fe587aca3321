import FXCore

extension SourcePreset {
  /// The history of the informal (blue) dollar in Argentina, for `import`.
  ///
  /// Pesos for 1 dollar, each day since 2011 in one document.
  static let argentinaDatos: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "*",
          "base": "USD",
          "quote": "ARS",
          "bid": "compra",
          "ask": "venta",
          "date": "fecha",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "argentinadatos", publisher: "ArgentinaDatos",
        url: "https://api.argentinadatos.com/v1/cotizaciones/dolares/blue",
        accept: "application/json",
        terms: "A collection by volunteers; for information only.",
        examples: [
          "USD/ARS": "1425"
        ]),
      schedule: .interval(.seconds(12 * 3600)))
    preset.market = .street
    return preset
  }()
}
