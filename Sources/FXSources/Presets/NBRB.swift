import FXCore

extension SourcePreset {
  /// The official rates of the National Bank of the Republic of Belarus for the day.
  ///
  /// Roubles for 1 to 100 000 units, without trailing zeros. A request without a day returns today's rates,
  /// so a new table appears at midnight in Minsk; on weekends Friday's rates are repeated.
  static let nbrb = SourcePreset(
    name: "nbrb",
    publisher: "National Bank of the Republic of Belarus",
    url: "https://api.nbrb.by/exrates/rates?periodicity=0",
    schedule: .calendar(
      PublicationCalendar(
        zone: "Europe/Minsk", hour: 0, minute: 15, weekdays: 1...7, holidays: .belarus)),
    reader: JSONRates(
      title: "the rates of the National Bank of Belarus",
      rows: JSONPath(""),
      fields: [
        .base: JSONPath("Cur_Abbreviation"),
        .rate: JSONPath("Cur_OfficialRate"),
        .nominal: JSONPath("Cur_Scale"),
        .date: JSONPath("Date"),
      ],
      columns: RateColumns(number: .dot, quote: .stated("BYN"), date: .isoBeginning)),
    dating: .fixing,
    declaredScale: 4,
    accept: "application/json",
    terms: "Official rates; name the bank where they are shown.",
    examples: .init(stated: [
      "USD/BYN": "2.8732",
      "EUR/BYN": "3.3801",
      "RUB/BYN": "3.6120 per 100",
      "CNY/BYN": "4.0981 per 10",
      "KZT/BYN": "5.7021 per 1000",
    ]))
}
