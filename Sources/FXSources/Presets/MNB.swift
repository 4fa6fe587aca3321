import FXCore

extension SourcePreset {
  /// The official rates of Magyar Nemzeti Bank.
  ///
  /// Forints for 1 or 100 units, two decimals. Set at about 11:00 in Budapest on working days. The service speaks SOAP, and the
  /// rates are XML inside a text. Other programs use http; https is unverified. There is no calendar of holidays yet.
  static let mnb: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .xml,
        [
          "inside": "//GetCurrentExchangeRatesResult",
          "rows": "//Rate",
          "base": "@curr",
          "quote": "HUF",
          "rate": ".",
          "nominal": "@unit",
          "date": "//Day/@date",
          "decimal": "comma",
        ]),
      SourcePreset.Facts(
        name: "mnb", publisher: "Magyar Nemzeti Bank",
        url: "https://www.mnb.hu/arfolyamok.asmx",
        accept: "application/xml,text/xml;q=0.9",
        terms: "Official rates, free to use.",
        examples: [
          "EUR/HUF": "378.61",
          "USD/HUF": "319.24",
          "CHF/HUF": "412.05",
          "GBP/HUF": "434.20",
          "JPY/HUF": "208.12 per 100",
        ]),
      schedule: .interval(.seconds(3 * 3600)), declaredScale: 2)
    preset.request = [
      "headers": [
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction":
          "http://www.mnb.hu/webservices/MNBArfolyamServiceSoap/GetCurrentExchangeRates",
      ],
      "body":
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><GetCurrentExchangeRates xmlns=\"http://www.mnb.hu/webservices/\"/></soap:Body></soap:Envelope>",
    ]
    return preset
  }()
}
