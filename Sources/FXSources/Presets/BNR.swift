import FXCore

extension SourcePreset {
  /// The reference rates of Banca Națională a României.
  ///
  /// Lei for 1 or 100 units, four decimals. Announced at 13:00 in Bucharest on working days. Gold is
  /// priced per gram, not per ounce.
  static let bnr = SourcePreset(
    name: "bnr",
    publisher: "Banca Națională a României",
    url: "https://curs.bnr.ro/nbrfxrates.xml",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Bucharest", hour: 13, minute: 0, holidays: .romania)),
    reader: XMLRates(
      title: "the reference rates of the National Bank of Romania",
      rows: XPath(stated: "/DataSet/Body/Cube/Rate"),
      fields: [
        .base: XPath(stated: "@currency"),
        .rate: XPath(stated: "."),
        .nominal: XPath(stated: "@multiplier"),
        .date: XPath(stated: "../@date"),
      ],
      columns: columns),
    dating: .fixing,
    declaredScale: 4,
    accept: "application/xml,text/xml;q=0.9",
    terms: "Reference rates; name the bank where they are shown.",
    examples: .init(stated: [
      "EUR/RON": "5.0920",
      "USD/RON": "4.3581",
      "GBP/RON": "5.8489",
      "CHF/RON": "5.5096",
      "HUF/RON": "1.3878 per 100",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, quote: .stated("RON"), rowDates: .newest)
    columns.metalUnit = .gram
    return columns
  }
}
