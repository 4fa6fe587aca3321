import FXCore

extension SourcePreset {
  /// The ECB's reference rates of the last ninety days, of which the newest day is read.
  ///
  /// The same rates as the preset ecb, from a file that also contains earlier days for `fxwatch import`.
  static let ecb90Days = SourcePreset(
    name: "ecb-90d",
    publisher: "European Central Bank",
    url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target)),
    reader: ecb.reader,
    dating: .fixing,
    declaredScale: nil,
    accept: "application/xml,text/xml;q=0.9",
    terms:
      "For information only; the ECB discourages their use for transactions. "
      + "Twenty times the daily file: prefer the preset ecb.",
    examples: .init(stated: [
      "EUR/USD": "1.1831",
      "EUR/JPY": "141.17",
      "EUR/GBP": "0.7823",
      "EUR/CHF": "1.2011",
      "EUR/TRY": "2.7547",
    ]))
}
