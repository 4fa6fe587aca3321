import FXCore

extension SourcePreset {
  /// The euro reference rates from the Bank of Lithuania: those of the ECB.
  ///
  /// Units of foreign currency for 1 euro. The bank's own rates of other currencies, once a month, are under another type (`tp=LT`).
  static let lb = SourcePreset(
    described: PresetDescription(
      .xml,
      [
        "rows": "//FxRate",
        "base": "CcyAmt[1]/Ccy",
        "quote": "CcyAmt[2]/Ccy",
        "rate": "CcyAmt[2]/Amt",
        "nominal": "CcyAmt[1]/Amt",
        "date": "Dt",
        "dates": "newest",
        "decimal": "dot",
      ]),
    SourcePreset.Facts(
      name: "lb", publisher: "Lietuvos bankas",
      url: "https://www.lb.lt/webservices/FxRates/FxRates.asmx/getCurrentFxRates?tp=EU",
      accept: "application/xml,text/xml;q=0.9",
      terms: "Free to use with the source named.",
      examples: [
        "EUR/USD": "1.1866",
        "EUR/JPY": "181.25",
        "EUR/GBP": "0.86940",
        "EUR/CHF": "0.9125",
        "EUR/PLN": "4.2150",
      ]),
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Vilnius", hour: 17, minute: 0, holidays: .target)))
}
