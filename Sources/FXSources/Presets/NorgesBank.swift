import FXCore

extension SourcePreset {
  /// The mid rates of Norges Bank.
  ///
  /// Kroner for 1 or 100 units; the number of units is a power of ten (`UNIT_MULT` 2 is per 100).
  /// Published at about 16:00 in Oslo on working days. Rows with trade-weighted indices are skipped.
  static let norgesBank = SourcePreset(
    name: "norges",
    publisher: "Norges Bank",
    url: "https://data.norges-bank.no/api/data/EXR/B..NOK.SP?format=csvdata&lastNObservations=1",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Oslo", hour: 16, minute: 0, holidays: .norway)),
    reader: table,
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://data.norges-bank.no/api/data/EXR/B..NOK.SP?format=csvdata&startPeriod={from:yyyy-mm-dd}&endPeriod={to:yyyy-mm-dd}",
      days: 365),
    accept: "text/csv,text/plain;q=0.9",
    terms: "Free to use with the source named (NLOD).",
    examples: .init(stated: [
      "USD/NOK": "9.5012",
      "EUR/NOK": "11.0980",
      "GBP/NOK": "12.7421",
      "JPY/NOK": "5.9411 per 100",
      "SEK/NOK": "101.8800 per 100",
    ]))

  private static var table: CSVRates {
    var columns = RateColumns(number: .dot, rowDates: .newest)
    columns.ignored = ["I44", "TWI"]
    var reader = CSVRates(
      title: "the rates of Norges Bank",
      layout: TableLayout(fields: [
        .base: "BASE_CUR", .quote: "QUOTE_CUR", .exponent: "UNIT_MULT", .date: "TIME_PERIOD",
        .rate: "OBS_VALUE",
      ]),
      columns: columns)
    reader.endsEveryLine = true
    return reader
  }
}
