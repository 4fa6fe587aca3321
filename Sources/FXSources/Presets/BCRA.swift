import FXCore

extension SourcePreset {
  /// The closing quotations of the Central Bank of Argentina.
  ///
  /// Pesos for 1 unit. Holidays have no date and no rates. Metals are left out, because their unit is unverified.
  static let bcra = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "results.detalle",
        "base": "codigoMoneda",
        "quote": "ARS",
        "rate": "tipoCotizacion",
        "date": "$.results.fecha",
        "ignore": ["ARS", "XAU", "XAG"],
        "repeats": "first",
        "error": [
          "at": "status",
          "is_not": "200",
        ],
      ]),
    SourcePreset.Facts(
      name: "bcra", publisher: "Banco Central de la República Argentina",
      url: "https://api.bcra.gob.ar/estadisticascambiarias/v1.0/Cotizaciones",
      accept: "application/json",
      terms: "Official rates; name the bank where they are shown.",
      examples: [
        "USD/ARS": "1415.0000",
        "EUR/ARS": "1669.7000",
        "BRL/ARS": "270.6100",
        "CHF/ARS": "1832.2000",
        "CNY/ARS": "205.9900",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
