import FXCore

extension SourcePreset {
  /// The mid rates of Sveriges Riksbank.
  ///
  /// Kronor for 1 unit, in series with names like `SEKUSDPMI`. Published at about 16:15 in Stockholm on
  /// Swedish banking days. Ended series keep their last date and are skipped.
  static let riksbank = SourcePreset(
    name: "riksbank",
    publisher: "Sveriges Riksbank",
    url: "https://api.riksbank.se/swea/v1/Observations/Latest/ByGroup/130",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Stockholm", hour: 16, minute: 15, holidays: .sweden)),
    reader: JSONRates(
      title: "the rates of Sveriges Riksbank",
      rows: JSONPath(""),
      fields: [
        .base: JSONPath("seriesId"),
        .rate: JSONPath("value"),
        .date: JSONPath("date"),
      ],
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://api.riksbank.se/swea/v1/Observations/ByGroup/130/{from:yyyy-mm-dd}/{to:yyyy-mm-dd}",
      days: 365),
    accept: "application/json",
    terms: "Free to use with the source named; few requests a minute without a key.",
    examples: .init(stated: [
      "USD/SEK": "9.3221",
      "EUR/SEK": "10.8920",
      "GBP/SEK": "12.5110",
      "NOK/SEK": "0.9814",
      "JPY/SEK": "0.05832",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, quote: .stated("SEK"), rowDates: .newest)
    columns.patterns = [.base: .stated("^SEK(?<base>[A-Z]{3})PMI$")]
    return columns
  }
}
