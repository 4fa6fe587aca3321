import FXCore

extension SourcePreset {
  /// The daily rates of the National Bank of the Kyrgyz Republic: USD, EUR, RUB, KZT, CNY.
  ///
  /// Soms for 1 unit, four decimals after a comma. Set on trading days between 15:00 and 15:30 in
  /// Bishkek, for the next calendar day (source: Cbonds). The yuan has a daily rate since September 2024
  /// (source: Xinhua, 14 August 2024); all other currencies have weekly rates.
  static let nbkr = nationalBank(
    name: "nbkr", file: "daily.xml", title: "the daily rates of the National Bank of Kyrgyzstan",
    weekdays: 1...5,
    examples: [
      "USD/KGS": "87.4500",
      "EUR/KGS": "101.5076",
      "CNY/KGS": "12.8707",
      "KZT/KGS": "0.1859",
      "RUB/KGS": "1.2263",
    ])

  /// Returns the preset for one of the bank's two files, which share a format.
  static func nationalBank(
    name: String, file: String, title: String, weekdays: ClosedRange<Int>,
    examples: KeyValuePairs<String, String>
  ) -> SourcePreset {
    var columns = RateColumns(number: .comma)
    columns.quote = .stated("KGS")
    columns.date = .dotted
    return SourcePreset(
      name: name,
      publisher: "National Bank of the Kyrgyz Republic",
      url: "https://www.nbkr.kg/XML/\(file)",
      schedule: .calendar(
        PublicationCalendar(
          zone: "Asia/Bishkek", hour: 15, minute: 0, weekdays: weekdays, holidays: .kyrgyzstan)),
      reader: XMLRates(
        title: title,
        rows: XPath(stated: "/CurrencyRates/Currency"),
        fields: [
          .base: XPath(stated: "@ISOCode"),
          .rate: XPath(stated: "Value"),
          .nominal: XPath(stated: "Nominal"),
        ],
        date: XPath(stated: "/CurrencyRates/@Date"),
        columns: columns),
      dating: .fixing,
      declaredScale: 4,
      accept: "application/xml,text/xml;q=0.9",
      terms: "Official rates; the bank need not trade at them.",
      examples: .init(stated: examples))
  }
}
