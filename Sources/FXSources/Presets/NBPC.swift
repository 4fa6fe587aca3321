import FXCore

extension SourcePreset {
  /// Table C of Narodowy Bank Polski: buying and selling rates.
  ///
  /// Zlotys for 1 unit, four decimals, valid on the working day before. Published between 7:45 and 8:15 in
  /// Warsaw on working days.
  static let nbpC = SourcePreset(
    name: "nbp-c",
    publisher: "Narodowy Bank Polski",
    url: "https://api.nbp.pl/api/exchangerates/tables/C/?format=json",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Warsaw", hour: 8, minute: 15, holidays: .poland)),
    reader: nationalBankTable(
      "C", fields: [.base: JSONPath("code"), .bid: JSONPath("bid"), .ask: JSONPath("ask")]),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://api.nbp.pl/api/exchangerates/tables/C/{from:yyyy-mm-dd}/{to:yyyy-mm-dd}/?format=json",
      days: 90),
    accept: "application/json",
    terms: "Free to use with the source named.",
    examples: .init(stated: [
      "USD/PLN": "3.5712",
      "EUR/PLN": "4.1851",
      "GBP/PLN": "4.7971",
      "CHF/PLN": "4.5803",
      "CZK/PLN": "0.1719",
    ]))
}
