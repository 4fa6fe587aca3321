import FXCore

extension SourcePreset {
  /// The average market rates that the Central Bank of Armenia publishes.
  ///
  /// Drams for 1 to 1000 units, two decimals. Gold and silver are priced per gram. The service speaks SOAP.
  static let cba: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .xml,
        [
          "rows": "//ExchangeRate",
          "base": "ISO",
          "quote": "AMD",
          "rate": "Rate",
          "nominal": "Amount",
          "change": "Difference",
          "date": "//CurrentDate",
          "decimal": "dot",
          "error": "//Fault/faultstring",
          "unit": "gram",
        ]),
      SourcePreset.Facts(
        name: "cba", publisher: "Central Bank of Armenia",
        url: "https://api.cba.am/exchangerates.asmx",
        accept: "application/xml,text/xml;q=0.9",
        terms: "Official rates; the bank need not trade at them.",
        examples: [
          "USD/AMD": "377.21",
          "EUR/AMD": "445.03",
          "RUB/AMD": "4.75",
          "GBP/AMD": "510.18",
          "IRR/AMD": "0.03 per 100",
        ]),
      schedule: .interval(.seconds(3 * 3600)))
    preset.request = [
      "headers": [
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": "http://www.cba.am/ExchangeRatesLatest",
      ],
      "body":
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><ExchangeRatesLatest xmlns=\"http://www.cba.am/\"/></soap:Body></soap:Envelope>",
    ]
    return preset
  }()
}
