import FXCore

extension SourcePreset {
  /// The hourly rates of openexchangerates.org, which require an App ID.
  ///
  /// One dollar in each currency; rates change within a day, so the date is only that of the page. The App
  /// ID is a secret: `key: {credential: NAME}`. Free accounts are limited to 1000 requests a month and
  /// to the dollar.
  static let openExchangeRates = SourcePreset(
    name: "openexchangerates",
    publisher: "Open Exchange Rates",
    url: "https://openexchangerates.org/api/latest.json?app_id={key}",
    schedule: .interval(.seconds(3600)),
    reader: JSONRates(
      title: "the rates of openexchangerates.org",
      rows: JSONPath("rates.*"),
      fields: [
        .base: JSONPath("$.base"),
        .quote: JSONPath("#"),
        .rate: JSONPath("."),
      ],
      date: JSONPath("$.timestamp"),
      columns: columns),
    dating: .pageDay,
    declaredScale: nil,
    accept: "application/json",
    terms: "Requires your own App ID; the terms of your account apply.",
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
