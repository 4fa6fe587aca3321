import FXCore

extension SourcePreset {
  /// The rates of the Bank of Russia from a mirror, for networks that cannot reach the bank's site.
  ///
  /// The same rates for the same units as JSON numbers without trailing zeros. The mirror does not belong
  /// to the bank; its operator is unknown.
  static let cbrJSON = SourcePreset(
    name: "cbr-json",
    publisher: "cbr-xml-daily.ru, a mirror of the Bank of Russia",
    url: "https://www.cbr-xml-daily.ru/daily_json.js",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Moscow", hour: 15, minute: 30, holidays: .russia)),
    reader: JSONRates(
      title: "the mirrored rates of the Bank of Russia",
      rows: JSONPath("Valute.*"),
      fields: [
        .base: JSONPath("CharCode"),
        .rate: JSONPath("Value"),
        .nominal: JSONPath("Nominal"),
      ],
      date: JSONPath("$.Date"),
      columns: RateColumns(number: .dot, quote: .stated("RUB"), date: .isoBeginning)),
    dating: .fixing,
    declaredScale: 4,
    accept: "application/json,application/javascript",
    terms:
      "A mirror run by a third party; prefer the preset cbr, and compare with it where "
      + "exact rates matter.",
    examples: .init(stated: [
      "USD/RUB": "79.3087",
      "EUR/RUB": "92.5432",
      "CNY/RUB": "11.2145",
      "KZT/RUB": "16.2043 per 100",
      "BYN/RUB": "27.0102",
    ]))
}
