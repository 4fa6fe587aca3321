import FXCore

extension SourcePreset {
  /// The daily mid-market rates of ExchangeRate-API's open access.
  ///
  /// One dollar in each currency, updated once a day shortly after midnight UTC; the date is that of the
  /// update. Too frequent requests get HTTP 429 for twenty minutes. Errors have status 200.
  static let openERAPI = SourcePreset(
    name: "open-er-api",
    publisher: "ExchangeRate-API",
    url: "https://open.er-api.com/v6/latest/USD",
    schedule: .calendar(PublicationCalendar(zone: "Etc/UTC", hour: 0, minute: 10, weekdays: 1...7)),
    reader: JSONRates(
      title: "the rates of open.er-api.com",
      rows: JSONPath("rates.*"),
      fields: [
        .base: JSONPath("$.base_code"),
        .quote: JSONPath("#"),
        .rate: JSONPath("."),
      ],
      date: JSONPath("$.time_last_update_unix"),
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/json",
    terms:
      "Attribution required: link to https://www.exchangerate-api.com where the "
      + "rates are shown; no redistribution.",
    examples: .init(stated: [
      "USD/EUR": "0.853912",
      "USD/KZT": "539.318",
      "USD/KGS": "87.4021",
      "USD/UZS": "12413.7",
      "USD/CNY": "7.124079",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot)
    if let date = DateFormat("unix") { columns.date = date }
    return columns
  }
}
