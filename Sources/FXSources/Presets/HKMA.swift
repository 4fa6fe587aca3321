import FXCore

extension SourcePreset {
  /// The daily rates of the Hong Kong Monetary Authority.
  ///
  /// Hong Kong dollars for 1 unit of foreign currency, by the authority's API documentation
  /// (apidocs.hkma.gov.hk), in members named by the code in lower case. Indices are not currencies, and
  /// withdrawn currencies are null. The rates contain errors of binary arithmetic
  /// (`7.8245000000000005`) and are rounded to eight decimals. The bulletin is revised without notice,
  /// so it is fetched every six hours.
  static let hkma = SourcePreset(
    name: "hkma",
    publisher: "Hong Kong Monetary Authority",
    url:
      "https://api.hkma.gov.hk/public/market-data-and-statistics/monthly-statistical-bulletin/er-ir/er-eeri-daily?pagesize=1",
    schedule: .interval(.seconds(6 * 3600)),
    reader: JSONRates(
      title: "the rates of the Hong Kong Monetary Authority",
      rows: JSONPath("result.records.*.*"),
      fields: [
        .base: JSONPath("#"),
        .rate: JSONPath("."),
        .date: JSONPath("^.end_of_day"),
      ],
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/json",
    terms: "Free to use with the source named.",
    examples: .init(stated: [
      "USD/HKD": "7.8245",
      "EUR/HKD": "9.1507",
      "GBP/HKD": "10.5101",
      "JPY/HKD": "0.0490",
      "CNY/HKD": "1.1463",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, quote: .stated("HKD"), rowDates: .newest)
    columns.number.rounding = 8
    columns.names = ["special_drawing_rights": .init(.stated("XDR"))]
    columns.patterns = [.base: .stated("^(?:[a-z]{3}|special_drawing_rights)$")]
    return columns
  }
}
