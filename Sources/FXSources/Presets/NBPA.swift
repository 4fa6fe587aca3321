import FXCore

extension SourcePreset {
  /// Table A of Narodowy Bank Polski: mid rates of the most traded currencies.
  ///
  /// Zlotys for 1 unit, four decimals, more for small currencies. Published between 11:45 and 12:15 in
  /// Warsaw on working days; on other days the bank responds with HTTP 404.
  static let nbpA = SourcePreset(
    name: "nbp-a",
    publisher: "Narodowy Bank Polski",
    url: "https://api.nbp.pl/api/exchangerates/tables/A/?format=json",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Warsaw", hour: 12, minute: 15, holidays: .poland)),
    reader: nationalBankTable("A", fields: [.base: JSONPath("code"), .rate: JSONPath("mid")]),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://api.nbp.pl/api/exchangerates/tables/A/{from:yyyy-mm-dd}/{to:yyyy-mm-dd}/?format=json",
      days: 90),
    accept: "application/json",
    terms: "Free to use with the source named.",
    examples: .init(stated: [
      "USD/PLN": "3.6056",
      "EUR/PLN": "4.2236",
      "GBP/PLN": "4.8412",
      "CHF/PLN": "4.6231",
      "THB/PLN": "0.1146",
    ]))

  /// Returns the reader for one of the bank's three tables, which share a format.
  ///
  /// A response may contain several days, of which the newest is read.
  static func nationalBankTable(_ table: String, fields: [RateField: JSONPath]) -> JSONRates {
    var reader = JSONRates(
      title: "table \(table) of Narodowy Bank Polski", rows: JSONPath("*.rates"),
      fields: fields.merging([.date: JSONPath("^.effectiveDate")]) { $1 },
      columns: RateColumns(number: .dot, quote: .stated("PLN"), rowDates: .newest))
    reader.checks.error = .init(place: JSONPath("$[0].table"), text: table, isInverted: true)
    return reader
  }
}
