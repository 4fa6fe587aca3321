import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of Ukraine.
  ///
  /// Hryvnias for 1 unit, six decimals and more, without trailing zeros. Set on working days for the next
  /// one; on weekends Friday's rates are repeated with the requested date.
  static let nbu = SourcePreset(
    name: "nbu",
    publisher: "National Bank of Ukraine",
    url: "https://bank.gov.ua/NBUStatService/v1/statdirectory/exchange",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Kyiv", hour: 15, minute: 30, holidays: .ukraine)),
    reader: XMLRates(
      title: "the rates of the National Bank of Ukraine",
      rows: XPath(stated: "/exchange/currency"),
      fields: [
        .base: XPath(stated: "cc"),
        .rate: XPath(stated: "rate"),
        .date: XPath(stated: "exchangedate"),
      ],
      columns: RateColumns(number: .dot, quote: .stated("UAH"), date: .dotted)),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://bank.gov.ua/NBUStatService/v1/statdirectory/exchange?date={from:yyyymmdd}", days: 1),
    accept: "application/xml,text/xml;q=0.9",
    terms: "Free to use with a link to the National Bank of Ukraine.",
    examples: .init(stated: [
      "USD/UAH": "27.163400",
      "EUR/UAH": "30.632200",
      "PLN/UAH": "7.083200",
      "GBP/UAH": "34.966100",
      "KZT/UAH": "0.072123",
    ]))
}
