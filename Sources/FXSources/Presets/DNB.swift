import FXCore

extension SourcePreset {
  /// The rates of Danmarks Nationalbank in the data bank of Statistics Denmark (table DNVALD).
  ///
  /// Kroner for 100 units. The rows of all days come unordered, and `..` is a missing rate. Set at about 16:00 in Copenhagen on working days.
  /// The request names the last days by a wildcard, which is unverified.
  static let dnb: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .csv,
        [
          "base": "VALUTA",
          "quote": "DKK",
          "rate": "INDHOLD",
          "nominal": "100",
          "date": "TID",
          "date_format": "yyyyMmmDdd",
          "dates": "newest",
          "where": [
            "KURTYP": "KBH"
          ],
          "decimal": "dot",
          "thousands": "none",
          "only": [
            "USD", "EUR", "GBP", "SEK", "NOK", "CHF", "JPY", "AUD", "CAD", "CZK", "HUF", "PLN",
            "RON", "TRY", "CNY", "HKD", "INR", "ISK", "ILS", "KRW", "MXN", "MYR", "NZD", "PHP",
            "SGD", "THB", "ZAR", "BRL", "IDR",
          ],
        ]),
      SourcePreset.Facts(
        name: "dnb", publisher: "Danmarks Nationalbank",
        url: "https://api.statbank.dk/v1/data",
        accept: "text/csv,*/*;q=0.5",
        terms: "Free to use with the source named.",
        examples: [
          "EUR/DKK": "746.05 per 100",
          "USD/DKK": "636.15 per 100",
          "GBP/DKK": "861.20 per 100",
          "SEK/DKK": "67.80 per 100",
          "NOK/DKK": "64.10 per 100",
        ]),
      schedule: .interval(.seconds(3 * 3600)))
    preset.request = [
      "headers": [
        "Content-Type": "application/json"
      ],
      "body":
        "{\"table\": \"DNVALD\", \"format\": \"CSV\", \"valuePresentation\": \"Code\", \"variables\": [{\"code\": \"VALUTA\", \"values\": [\"*\"]}, {\"code\": \"KURTYP\", \"values\": [\"KBH\"]}, {\"code\": \"TID\", \"values\": [\"(1)\"]}]}",
    ]
    return preset
  }()
}
