import FXCore

extension SourcePreset {
  /// The ECB's reference rates since 1999 as a wide table, of which the newest day is read.
  ///
  /// A column for each of 41 currencies, including those replaced by the euro; `N/A` for a missing rate;
  /// no trailing zeros; each line ends with a comma. The address is that of a ZIP archive: the preset reads
  /// the CSV file in it, for `fxwatch import` and `fxwatch poll --file`.
  static let ecbHistory = SourcePreset(
    name: "ecb-history",
    publisher: "European Central Bank",
    url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target)),
    reader: ecbTable,
    dating: .fixing,
    declaredScale: nil,
    accept: "text/csv,text/plain;q=0.9",
    terms:
      "For information only; the ECB discourages their use for transactions. An "
      + "archive to import, not to poll.",
    examples: .init(stated: [
      "EUR/USD": "1.1252",
      "EUR/JPY": "163.36",
      "EUR/GBP": "0.8477",
      "EUR/CHF": "0.9353",
      "EUR/TRY": "43.5999",
    ]))

  /// The reader of the table, also used to import the history.
  static var ecbTable: CSVRates {
    var layout = TableLayout(fields: [.date: "Date"])
    layout.wide = .quote
    var reader = CSVRates(
      title: "the ECB's history of reference rates",
      delimiter: UInt8(ascii: ","),
      layout: layout,
      columns: RateColumns(number: .dot, base: .stated("EUR")))
    reader.endsEveryLine = true
    return reader
  }
}
