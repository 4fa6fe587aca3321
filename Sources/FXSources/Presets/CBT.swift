import FXCore

extension SourcePreset {
  /// The rates of the Central Bank of Turkmenistan, a file a day.
  ///
  /// Manats for 1 to 10 000 units. The dollar has been 3.5 since 2015, and the other rates move with the
  /// dollar. From many networks neither the host name nor the address can be reached, and there is no
  /// file for Sundays.
  static let cbt = SourcePreset(
    name: "cbt",
    publisher: "Central Bank of Turkmenistan",
    url: "https://cbt.tm/kurs/{day:yyyy}/{day:ddmmyyyy}.xml",
    schedule: .calendar(
      PublicationCalendar(
        zone: "Asia/Ashgabat", hour: 9, minute: 0, weekdays: 1...6, holidays: .turkmenistan)),
    reader: XMLRates(
      title: "the rates of the Central Bank of Turkmenistan",
      rows: XPath(stated: "/cbt_currency_rate/rate"),
      fields: [
        .base: XPath(stated: "@code"),
        .rate: XPath(stated: "rate_tmt"),
        .nominal: XPath(stated: "multiplier"),
      ],
      date: XPath(stated: "/cbt_currency_rate/date"),
      columns: RateColumns(number: .dot, quote: .stated("TMT"), date: .dotted)),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/xml,text/xml;q=0.9",
    terms:
      "Cannot be reached from many networks: expect source.down, and use it only "
      + "if fxwatch check and fxwatch poll can fetch it.",
    examples: .init(stated: [
      "USD/TMT": "3.5",
      "EUR/TMT": "4.0691",
      "AED/TMT": "0.9529",
      "AUD/TMT": "2.4885",
      "GBP/TMT": "4.6921",
    ]))
}
