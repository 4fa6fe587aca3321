import FXCore

extension SourcePreset {
  /// The monthly rates of the British customs office.
  ///
  /// Units of foreign currency for 1 pound, dated the first of the month. The month in the address has no leading zero by one repository's
  /// code, others pad it (unverified). The next month's rates appear some days before it.
  static let hmrc = SourcePreset(
    described: PresetDescription(
      .xml,
      [
        "rows": "//exchangeRate",
        "base": "GBP",
        "quote": "currencyCode",
        "rate": "rateNew",
        "date": "/exchangeRateMonthList/@Period",
        "date_format": "dd/Mon/yyyy *",
        "decimal": "dot",
        "repeats": "first",
      ]),
    SourcePreset.Facts(
      name: "hmrc", publisher: "HM Revenue and Customs",
      url:
        "https://www.trade-tariff.service.gov.uk/api/v2/exchange_rates/files/monthly_xml_{day:yyyy-m}.xml",
      accept: "application/xml,text/xml;q=0.9",
      terms: "Open Government Licence.",
      examples: [
        "GBP/USD": "1.3612",
        "GBP/EUR": "1.1503",
        "GBP/JPY": "209.7400",
        "GBP/CHF": "1.0571",
        "GBP/KZT": "684.3000",
      ]),
    schedule: .interval(.seconds(12 * 3600)))
}
