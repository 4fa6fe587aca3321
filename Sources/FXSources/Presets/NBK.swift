import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of Kazakhstan for the day.
  ///
  /// Tenge for 1 to 1000 units, two decimals without trailing zeros: the resolution is a tenth of a
  /// percent or more for small currencies. Set from the exchange's trades of the day before.
  static let nbk = SourcePreset(
    name: "nbk",
    publisher: "National Bank of Kazakhstan",
    url: "https://nationalbank.kz/rss/get_rates.cfm?fdate={day:dd.mm.yyyy}",
    schedule: .calendar(
      PublicationCalendar(zone: "Asia/Almaty", hour: 9, minute: 0, holidays: .kazakhstan)),
    reader: XMLRates(
      title: "the rates of the National Bank of Kazakhstan",
      rows: XPath(stated: "/rates/item"),
      fields: [
        .base: XPath(stated: "title"),
        .rate: XPath(stated: "description"),
        .nominal: XPath(stated: "quant"),
        .change: XPath(stated: "change"),
      ],
      date: XPath(stated: "/rates/date"),
      columns: RateColumns(number: .dot, quote: .stated("KZT"), date: .dotted)),
    dating: .fixing,
    declaredScale: 2,
    accept: "application/xml,text/xml;q=0.9",
    terms: "Official rates; name the National Bank of Kazakhstan where they are shown.",
    examples: .init(stated: [
      "USD/KZT": "498.12",
      "EUR/KZT": "571.20",
      "RUB/KZT": "5.87",
      "CNY/KZT": "72.01",
      "KGS/KZT": "5.43",
      "UZS/KZT": "4.11 per 100",
    ]))
}
