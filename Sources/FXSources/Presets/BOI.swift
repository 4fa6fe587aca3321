import FXCore

extension SourcePreset {
  /// The representative rates of the Bank of Israel.
  ///
  /// Shekels for 1 unit, or for 100 where UNIT_MULT is 2: an exponent. Published on the afternoon of working days, Monday to Friday
  /// as Frankfurter finds them; whether Sundays have rates is unverified.
  static let boi = SourcePreset(
    described: PresetDescription(
      .csv,
      [
        "base": "BASE_CURRENCY",
        "quote": "COUNTER_CURRENCY",
        "rate": "OBS_VALUE",
        "exponent": "UNIT_MULT",
        "date": "TIME_PERIOD",
        "dates": "newest",
        "where": [
          "DATA_TYPE": "OF00"
        ],
        "decimal": "dot",
      ]),
    SourcePreset.Facts(
      name: "boi", publisher: "Bank of Israel",
      url:
        "https://edge.boi.gov.il/FusionEdgeServer/sdmx/v2/data/dataflow/BOI.STATISTICS/EXR/1.0/?format=csv&lastNObservations=1",
      accept: "text/csv,*/*;q=0.5",
      terms: "Official rates; name the bank where they are shown.",
      examples: [
        "USD/ILS": "3.1010",
        "EUR/ILS": "3.6600",
        "GBP/ILS": "4.2210",
        "CHF/ILS": "4.0120",
        "JPY/ILS": "1.9872 per 100",
      ]),
    schedule: .interval(.seconds(3 * 3600)), declaredScale: 4)
}
