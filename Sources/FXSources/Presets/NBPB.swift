import FXCore

extension SourcePreset {
  /// Table B of Narodowy Bank Polski: mid rates of some hundred further currencies.
  ///
  /// Zlotys for 1 unit, up to eight decimals. Published on Wednesdays between 11:45 and 12:15 in
  /// Warsaw.
  static let nbpB = SourcePreset(
    name: "nbp-b",
    publisher: "Narodowy Bank Polski",
    url: "https://api.nbp.pl/api/exchangerates/tables/B/?format=json",
    schedule: .calendar(
      PublicationCalendar(
        zone: "Europe/Warsaw", hour: 12, minute: 15, weekdays: 3...3, holidays: .poland)),
    reader: nationalBankTable("B", fields: [.base: JSONPath("code"), .rate: JSONPath("mid")]),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://api.nbp.pl/api/exchangerates/tables/B/{from:yyyy-mm-dd}/{to:yyyy-mm-dd}/?format=json",
      days: 90),
    accept: "application/json",
    terms: "Free to use with the source named.",
    examples: .init(stated: [
      "KZT/PLN": "0.007123",
      "UZS/PLN": "0.000297",
      "KGS/PLN": "0.0412",
      "TJS/PLN": "0.3871",
      "MNT/PLN": "0.001012",
    ]))
}
