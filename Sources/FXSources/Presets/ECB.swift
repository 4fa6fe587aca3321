import FXCore

extension SourcePreset {
  /// The euro foreign exchange reference rates of the European Central Bank.
  ///
  /// 1 EUR = x, four to six digits by currency, zeros kept. Published around 16:00 CET on TARGET
  /// working days (https://www.ecb.europa.eu/stats/policy_and_exchange_rates), dated that day.
  static let ecb = SourcePreset(
    name: "ecb",
    publisher: "European Central Bank",
    url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target)),
    reader: XMLRates(
      title: "the ECB's reference rates",
      rows: XPath(stated: "//Cube[@time][1]/Cube[@currency]"),
      fields: [.quote: XPath(stated: "@currency"), .rate: XPath(stated: "@rate")],
      date: XPath(stated: "//Cube[@time][1]/@time"),
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip", days: 36_500),
    accept: "application/xml,text/xml;q=0.9",
    terms: "For information only; the ECB discourages their use for transactions.",
    examples: .init(stated: [
      "EUR/USD": "1.1831",
      "EUR/JPY": "141.17",
      "EUR/GBP": "0.78230",
      "EUR/CHF": "1.2011",
      "EUR/TRY": "2.7547",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot)
    columns.base = .stated("EUR")
    columns.date = .iso
    return columns
  }
}
