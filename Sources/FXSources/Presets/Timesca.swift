import FXCore

extension SourcePreset {
  /// The ticker on every page of The Times of Central Asia.
  ///
  /// Five currencies against the dollar (four without TMT in spring 2024), always five decimals, the
  /// group repeated two or eight times. The rates change within a day and on weekends; the date is that
  /// of the page. UZS has been 0.00008 for years: one digit, so its smallest change is an eighth. The
  /// printed change is computed from rates rounded to four decimals, so for KZT and UZS it is always 0.
  static let timesca = SourcePreset(
    name: "timesca",
    publisher: "The Times of Central Asia",
    url: "https://timesca.com/",
    schedule: .interval(.seconds(15 * 60)),
    reader: TickerReader(
      title: "a timesca.com page with its ticker (lines like 'KGS/USD = 0.01144 0%')",
      number: .dot,
      date: .english,
      listingMarks: ["Viewing results", "Our People"],
      site: "https://timesca.com"),
    dating: .pageDay,
    declaredScale: 5,
    changeScale: 4,
    accept: "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8",
    terms: "A newspaper's ticker, for orientation only; not a fixing and not for result.",
    examples: .init(stated: [
      "KGS/USD": "0.01144",
      "KZT/USD": "0.00202",
      "TJS/USD": "0.10563",
      "UZS/USD": "0.00008",
      "TMT/USD": "0.28490",
    ]))
}
