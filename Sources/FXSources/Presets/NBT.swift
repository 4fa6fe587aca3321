import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of Tajikistan.
  ///
  /// Somoni for 1 to 1000 units, four decimals. There is a table for every day, with rates repeated on
  /// weekends. A request for a day out of range returns today's table, without an error.
  static let nbt = SourcePreset(
    name: "nbt",
    publisher: "National Bank of Tajikistan",
    url: "https://www.nbt.tj/en/kurs/export_xml.php?date={day:yyyy-mm-dd}&export=xmlout",
    schedule: .calendar(
      PublicationCalendar(
        zone: "Asia/Dushanbe", hour: 9, minute: 0, weekdays: 1...7, holidays: .tajikistan)),
    reader: XMLRates(
      title: "the rates of the National Bank of Tajikistan",
      rows: XPath(stated: "/ValCurs/Valute"),
      fields: [
        .base: XPath(stated: "CharCode"),
        .rate: XPath(stated: "Value"),
        .nominal: XPath(stated: "Nominal"),
      ],
      date: XPath(stated: "/ValCurs/@Date"),
      columns: RateColumns(number: .dot, quote: .stated("TJS"))),
    dating: .fixing,
    declaredScale: 4,
    accept: "application/xml,text/xml;q=0.9",
    terms: "Official rates; name the National Bank of Tajikistan where they are shown.",
    examples: .init(stated: [
      "USD/TJS": "9.3450",
      "EUR/TJS": "10.8757",
      "CNY/TJS": "1.3724",
      "RUB/TJS": "0.1283",
      "UZS/TJS": "0.0780 per 100",
    ]))
}
