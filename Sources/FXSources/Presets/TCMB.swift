import FXCore

extension SourcePreset {
  /// The indicative rates of the Central Bank of the Republic of Türkiye.
  ///
  /// Lira for 1 or 100 units, buying and selling rates; cells without a rate are empty. Announced at 15:30
  /// in Istanbul on working days. Banknote rates are not read.
  static let tcmb = SourcePreset(
    name: "tcmb",
    publisher: "Central Bank of the Republic of Türkiye",
    url: "https://www.tcmb.gov.tr/kurlar/today.xml",
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Istanbul", hour: 15, minute: 30, holidays: .turkiye)),
    reader: XMLRates(
      title: "the rates of the Turkish central bank",
      rows: XPath(stated: "/Tarih_Date/Currency"),
      fields: [
        .base: XPath(stated: "@CurrencyCode"),
        .bid: XPath(stated: "ForexBuying"),
        .ask: XPath(stated: "ForexSelling"),
        .nominal: XPath(stated: "Unit"),
      ],
      date: XPath(stated: "/Tarih_Date/@Tarih"),
      columns: RateColumns(number: .dot, quote: .stated("TRY"), date: .dotted)),
    dating: .fixing,
    declaredScale: nil,
    archive: ArchiveAddress(
      "https://www.tcmb.gov.tr/kurlar/{from:yyyymm}/{from:ddmmyyyy}.xml", days: 1),
    accept: "application/xml,text/xml;q=0.9",
    terms: "Indicative rates; name the bank where they are shown.",
    examples: .init(stated: [
      "USD/TRY": "2.8852",
      "EUR/TRY": "3.2034",
      "GBP/TRY": "4.0802",
      "JPY/TRY": "2.5361 per 100",
      "CHF/TRY": "2.9190",
    ]))
}
