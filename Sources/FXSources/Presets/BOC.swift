import FXCore

extension SourcePreset {
  /// The daily average rates of the Bank of Canada.
  ///
  /// Canadian dollars for 1 unit, four to six decimals, in strings under keys such as `FXUSDCAD`.
  /// Published by 16:30 in Toronto on working days; a series without a value is left out.
  static let boc = SourcePreset(
    name: "boc",
    publisher: "Bank of Canada",
    url: "https://www.bankofcanada.ca/valet/observations/group/FX_RATES_DAILY/json?recent=1",
    schedule: .calendar(
      PublicationCalendar(zone: "America/Toronto", hour: 16, minute: 30, holidays: .canada)),
    reader: JSONRates(
      title: "the daily rates of the Bank of Canada",
      rows: JSONPath("observations.*.*"),
      fields: [
        .pair: JSONPath("#"),
        .rate: JSONPath("v"),
        .date: JSONPath("^.d"),
      ],
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://www.bankofcanada.ca/valet/observations/group/FX_RATES_DAILY/json?start_date={from:yyyy-mm-dd}&end_date={to:yyyy-mm-dd}",
      days: 3650),
    accept: "application/json",
    terms: "Free to use with the source named; indicative only.",
    examples: .init(stated: [
      "USD/CAD": "1.3844",
      "EUR/CAD": "1.6177",
      "GBP/CAD": "1.8581",
      "JPY/CAD": "0.008663",
      "CHF/CAD": "1.7502",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, rowDates: .newest)
    columns.patterns = [.pair: .stated("^FX(?<base>[A-Z]{3})(?<quote>[A-Z]{3})$")]
    return columns
  }
}
