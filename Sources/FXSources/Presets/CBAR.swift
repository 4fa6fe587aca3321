import FXCore

extension SourcePreset {
  /// The official rates of the Central Bank of Azerbaijan.
  ///
  /// Manats for 1 or 100 units, metals for a troy ounce (`1 t.u.`); trailing zeros are not printed. Each day has its own address; that
  /// of a weekend returns Friday's file. There is no calendar of holidays yet.
  static let cbar = SourcePreset(
    described: PresetDescription(
      .xml,
      [
        "rows": "//Valute",
        "base": "@Code",
        "quote": "AZN",
        "rate": "Value",
        "nominal": "Nominal",
        "date": "/ValCurs/@Date",
        "date_format": "dd.mm.yyyy",
        "decimal": "dot",
      ]),
    SourcePreset.Facts(
      name: "cbar", publisher: "Central Bank of Azerbaijan",
      url: "https://www.cbar.az/currencies/{day:dd.mm.yyyy}.xml",
      accept: "application/xml,text/xml;q=0.9",
      terms: "Official rates; the bank need not trade at them.",
      examples: [
        "USD/AZN": "1.7",
        "EUR/AZN": "2.0058",
        "RUB/AZN": "0.0214",
        "TRY/AZN": "0.0389",
        "JPY/AZN": "1.0901 per 100",
      ]),
    schedule: .interval(.seconds(3 * 3600)))
}
