import FXCore

extension SourcePreset {
  /// The rates of the Reserve Bank of Australia, a wide table of which the newest day is read.
  ///
  /// One Australian dollar in each currency. Eleven lines describe the columns, one of which contains the
  /// currency codes; hundreds of empty lines follow. The trade-weighted index is not a currency. The rates
  /// are those of 16:00 in Sydney on working days.
  static let rba = SourcePreset(
    name: "rba",
    publisher: "Reserve Bank of Australia",
    url: "https://www.rba.gov.au/statistics/tables/csv/f11.1-data.csv",
    schedule: .calendar(
      PublicationCalendar(zone: "Australia/Sydney", hour: 16, minute: 0, holidays: .australia)),
    reader: table,
    dating: .fixing,
    declaredScale: nil,
    accept: "text/csv,text/plain;q=0.9",
    terms: "CC BY 4.0; name the Reserve Bank of Australia.",
    examples: .init(stated: [
      "AUD/USD": "0.7061",
      "AUD/EUR": "0.5984",
      "AUD/JPY": "110.21",
      "AUD/GBP": "0.5224",
      "AUD/CNY": "4.8712",
    ]))

  private static var table: CSVRates {
    var layout = TableLayout(fields: [.date: "Units"])
    layout.header = .with("Units")
    layout.wide = .quote
    var columns = RateColumns(number: .dot, base: .stated("AUD"))
    columns.names = ["SDR": .init(.stated("XDR"))]
    if let date = DateFormat("dd-Mon-yyyy") { columns.date = date }
    var reader = CSVRates(
      title: "the rates of the Reserve Bank of Australia", delimiter: UInt8(ascii: ","),
      layout: layout, columns: columns)
    reader.endsEveryLine = true
    // The newest day is last: a truncated table is recognised only by the missing empty lines after it.
    reader.checks.required = [.stated("\\n[, \\r\\n]*\\n\\z")]
    return reader
  }
}
