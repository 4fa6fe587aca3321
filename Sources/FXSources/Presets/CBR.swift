import FXCore

extension SourcePreset {
  /// The official rates of the Bank of Russia.
  ///
  /// Roubles for 1 to 1 000 000 units; `Value` is the rate and `Nominal` the number of units, which the
  /// bank changes over the years in both directions. `VunitRate` is derived from them (and may be
  /// written `5,39256E-05`), so it is not read. Set on working days for the next day: dated Tuesday
  /// to Saturday. The site has a bot check, which responds with an HTML page.
  static let cbr = SourcePreset(
    name: "cbr",
    publisher: "Bank of Russia",
    url: "https://www.cbr.ru/scripts/XML_daily.asp",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Moscow", hour: 15, minute: 30, holidays: .russia)),
    reader: XMLRates(
      title: "the rates of the Bank of Russia",
      rows: XPath(stated: "/ValCurs/Valute"),
      fields: [
        .base: XPath(stated: "CharCode"),
        .rate: XPath(stated: "Value"),
        .nominal: XPath(stated: "Nominal"),
      ],
      date: XPath(stated: "/ValCurs/@Date"),
      columns: RateColumns(number: .comma, quote: .stated("RUB"), date: .dotted)),
    dating: .fixing,
    declaredScale: 4,
    archive: ArchiveAddress(
      "https://www.cbr.ru/scripts/XML_daily.asp?date_req={from:dd/mm/yyyy}", days: 1),
    accept: "application/xml,text/xml;q=0.9",
    terms:
      "Official rates for accounting and customs; the bank need not trade at "
      + "them. At most some ten requests a second.",
    examples: .init(stated: [
      "USD/RUB": "79.3087",
      "EUR/RUB": "92.5432",
      "CNY/RUB": "11.2145",
      "KZT/RUB": "16.2043 per 100",
      "BYN/RUB": "27.0102",
      "GBP/RUB": "106.7911",
    ]))
}
