import FXCore

extension SourcePreset {
  /// The ECB's rates as api.frankfurter.dev relays them.
  ///
  /// One euro in each currency. The service relays some eighty banks: set another `url` for another
  /// provider, such as https://api.frankfurter.dev/v2/rates?providers=NBKR. Without `providers` the rows
  /// of a response have different days, and only those of the newest are read.
  static let frankfurter = SourcePreset(
    name: "frankfurter",
    publisher: "Frankfurter, a relay of central banks",
    url: "https://api.frankfurter.dev/v2/rates?providers=ECB",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 30, holidays: .target)),
    reader: JSONRates(
      title: "the rates of api.frankfurter.dev",
      rows: JSONPath(""),
      fields: [
        .base: JSONPath("base"),
        .quote: JSONPath("quote"),
        .rate: JSONPath("rate"),
        .date: JSONPath("date"),
      ],
      columns: RateColumns(number: .dot, rowDates: .newest)),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/json",
    terms: "Free, without a key; the terms of the relayed bank apply.",
    examples: .init(stated: [
      "EUR/USD": "1.1684",
      "EUR/JPY": "186.75",
      "EUR/GBP": "0.87058",
      "EUR/CHF": "0.9242",
      "EUR/TRY": "52.2478",
    ]))
}
