import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of Georgia.
  ///
  /// Lari for 1 to 10 000 units as JSON numbers without trailing zeros. Set on working days for the next
  /// one. The printed difference has no sign and is not read.
  static let nbg = SourcePreset(
    name: "nbg",
    publisher: "National Bank of Georgia",
    url: "https://nbg.gov.ge/gw/api/ct/monetarypolicy/currencies/en/json/",
    schedule: .calendar(
      PublicationCalendar(zone: "Asia/Tbilisi", hour: 17, minute: 30, holidays: .georgia)),
    reader: JSONRates(
      title: "the rates of the National Bank of Georgia",
      rows: JSONPath("*.currencies"),
      fields: [
        .base: JSONPath("code"),
        .rate: JSONPath("rate"),
        .nominal: JSONPath("quantity"),
        .date: JSONPath("^.date"),
      ],
      columns: RateColumns(
        number: .dot, quote: .stated("GEL"), date: .isoBeginning,
        rowDates: .newest)),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/json",
    terms: "Official rates; name the National Bank of Georgia where they are shown.",
    examples: .init(stated: [
      "USD/GEL": "2.7012",
      "EUR/GEL": "3.1561",
      "RUB/GEL": "3.4061 per 100",
      "TRY/GEL": "0.0609",
      "KZT/GEL": "0.5374 per 100",
    ]))
}
