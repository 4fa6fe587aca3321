import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of Moldova.
  ///
  /// Lei for 1 to 100 units, four decimals, in the format of the Bank of Russia but with dots. Each day has
  /// its own address and is dated as requested; a day's rates are set in the afternoon before (between
  /// 13:00 and 16:00 UTC on working days, as Frankfurter finds them).
  static let nbm = SourcePreset(
    name: "nbm",
    publisher: "National Bank of Moldova",
    url: "https://www.bnm.md/en/official_exchange_rates?get_xml=1&date={day:dd.mm.yyyy}",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Chisinau", hour: 9, minute: 0, holidays: .moldova)),
    reader: XMLRates(
      title: "the rates of the National Bank of Moldova",
      rows: XPath(stated: "/ValCurs/Valute"),
      fields: [
        .base: XPath(stated: "CharCode"),
        .rate: XPath(stated: "Value"),
        .nominal: XPath(stated: "Nominal"),
      ],
      date: XPath(stated: "/ValCurs/@Date"),
      columns: RateColumns(number: .dot, quote: .stated("MDL"), date: .dotted)),
    dating: .fixing,
    declaredScale: 4,
    accept: "application/xml,text/xml;q=0.9",
    terms: "Official rates; the bank need not trade at them.",
    examples: .init(stated: [
      "EUR/MDL": "20.2810",
      "USD/MDL": "17.6034",
      "RON/MDL": "3.9802",
      "UAH/MDL": "0.4031",
      "JPY/MDL": "11.0260 per 100",
    ]))
}
