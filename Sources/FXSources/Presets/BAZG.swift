import FXCore

extension SourcePreset {
  /// The rates of the Swiss customs office, dated the day for which they are valid.
  ///
  /// Francs for 1 to 1000 units; the number of units is before the code (`100 JPY`). On Fridays the rates
  /// are valid for several days, of which the first is used. They are selling rates of the day before.
  static let bazg = SourcePreset(
    name: "bazg",
    publisher: "Swiss Federal Office for Customs and Border Security",
    url: "https://www.backend-rates.bazg.admin.ch/api/xmldaily?locale=en",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Zurich", hour: 8, minute: 0, holidays: .switzerland)),
    reader: XMLRates(
      title: "the rates of the Swiss customs office",
      rows: XPath(stated: "/wechselkurse/devise"),
      fields: [
        .base: XPath(stated: "waehrung"),
        .rate: XPath(stated: "kurs"),
      ],
      date: XPath(stated: "/wechselkurse/gueltigkeit"),
      columns: columns),
    dating: .fixing,
    declaredScale: nil,
    accept: "application/xml,text/xml;q=0.9",
    terms: "For customs and value added tax.",
    examples: .init(stated: [
      "EUR/CHF": "0.92841",
      "USD/CHF": "0.79472",
      "GBP/CHF": "1.06830",
      "JPY/CHF": "0.50121 per 100",
      "KZT/CHF": "1.60213 per 1000",
    ]))

  private static var columns: RateColumns {
    var columns = RateColumns(number: .dot, quote: .stated("CHF"), date: .dotted)
    columns.patterns = [
      .base: .stated("^(?<nominal>[0-9]+) (?<base>[A-Z]{3})$"),
      .date: .stated("[0-9]{2}[.][0-9]{2}[.][0-9]{4}"),
    ]
    return columns
  }
}
