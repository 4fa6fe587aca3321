import FXCore

extension SourcePreset {
  /// The fixing of the Czech National Bank, as text with bars between the cells.
  ///
  /// Korunas for 1, 100 or 1000 units, three decimals after a comma. Published at 14:30 in Prague on
  /// working days, valid for that day and the days off after it; before that time the previous fixing is
  /// served.
  static let cnb = SourcePreset(
    name: "cnb",
    publisher: "Czech National Bank",
    url:
      "https://www.cnb.cz/cs/financni-trhy/devizovy-trh/kurzy-devizoveho-trhu/kurzy-devizoveho-trhu/denni_kurz.txt",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Prague", hour: 14, minute: 30, holidays: .czechia)),
    reader: table,
    dating: .fixing,
    declaredScale: 3,
    accept: "text/plain",
    terms: "Free to use with the source named.",
    examples: .init(stated: [
      "USD/CZK": "20.712",
      "EUR/CZK": "24.378",
      "GBP/CZK": "28.001",
      "JPY/CZK": "13.054 per 100",
      "HUF/CZK": "6.644 per 100",
    ]))

  private static var table: CSVRates {
    var layout = TableLayout(fields: [.nominal: "množství", .base: "kód", .rate: "kurz"])
    layout.skippedLines = 1
    layout.dateLine = 1
    var columns = RateColumns(number: .comma, quote: .stated("CZK"))
    if let date = DateFormat("dd.mm.yyyy*") { columns.date = date }
    var reader = CSVRates(
      title: "the fixing of the Czech National Bank", delimiter: UInt8(ascii: "|"), layout: layout,
      columns: columns)
    reader.endsEveryLine = true
    return reader
  }
}
