import FXCore

extension SourcePreset {
  /// The official rates of the Central Bank of Uzbekistan.
  ///
  /// Soums for 1 or 10 units of a currency, two decimals, every value a string. Published between
  /// 13:00 and 15:00 in Tashkent on working days, dated the first day on which they are valid.
  static let cbu = SourcePreset(
    name: "cbu",
    publisher: "Central Bank of the Republic of Uzbekistan",
    url: "https://cbu.uz/en/arkhiv-kursov-valyut/json/",
    schedule: .calendar(
      PublicationCalendar(zone: "Asia/Tashkent", hour: 13, minute: 0, holidays: .uzbekistan)),
    reader: JSONRates(
      title: "the rates of the Central Bank of Uzbekistan",
      rows: JSONPath(""),
      fields: [
        .base: JSONPath("Ccy"),
        .rate: JSONPath("Rate"),
        .nominal: JSONPath("Nominal"),
        .change: JSONPath("Diff"),
        .date: JSONPath("Date"),
      ],
      columns: columns),
    dating: .fixing,
    declaredScale: 2,
    archive: ArchiveAddress(
      "https://cbu.uz/en/arkhiv-kursov-valyut/json/all/{from:yyyy-mm-dd}/", days: 1),
    accept: "application/json",
    terms:
      "Official rates for accounting, statistics and customs; the bank need not trade at them.",
    examples: .init(stated: [
      "USD/UZS": "12194.21",
      "EUR/UZS": "13984.32",
      "RUB/UZS": "149.97",
      "GBP/UZS": "16113.43",
      "JPY/UZS": "76.38",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot)
    columns.quote = .stated("UZS")
    columns.date = .dotted
    return columns
  }
}
