import FXCore

extension SourcePreset {
  /// All the rates the National Bank of Kazakhstan lists, as a feed.
  ///
  /// Each row has its own date, with a year of two digits: withdrawn currencies keep the last date with a
  /// rate, and only the rows of the newest date are read.
  static let nbkAll = SourcePreset(
    name: "nbk-all",
    publisher: "National Bank of Kazakhstan",
    url: "https://nationalbank.kz/rss/rates_all.xml",
    schedule: .calendar(
      PublicationCalendar(zone: "Asia/Almaty", hour: 9, minute: 0, holidays: .kazakhstan)),
    reader: XMLRates(
      title: "all the rates of the National Bank of Kazakhstan",
      rows: XPath(stated: "/rss/channel/item"),
      fields: [
        .base: XPath(stated: "title"),
        .rate: XPath(stated: "description"),
        .nominal: XPath(stated: "quant"),
        .change: XPath(stated: "change"),
        .date: XPath(stated: "pubDate"),
      ],
      columns: columns),
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
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, quote: .stated("KZT"), rowDates: .newest)
    if let date = DateFormat("dd.mm.yy") { columns.date = date }
    return columns
  }
}
