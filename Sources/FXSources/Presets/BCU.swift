import FXCore

extension SourcePreset {
  /// The arbitrage rates of the Central Bank of Uruguay.
  ///
  /// Each row has a mark for dollars for 1 unit or for units for 1 dollar. The service speaks SOAP; group 0 is all currencies
  /// (unverified).
  static let bcu: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .xml,
        [
          "rows": "//datoscotizaciones.dato | //dato | //*[local-name()='datoscotizaciones.dato']",
          "base": "CodigoISO",
          "quote": "USD",
          "rate": "ArbAct",
          "direction": "FormaArbitrar",
          "swap": "^1$",
          "date": "Fecha",
          "dates": "newest",
          "names": [
            "U$S": "USD",
            "£": "GBP",
          ],
          "ignore": ["U$S"],
          "decimal": "dot",
        ]),
      SourcePreset.Facts(
        name: "bcu", publisher: "Banco Central del Uruguay",
        url: "https://cotizaciones.bcu.gub.uy/wscotizaciones/servlet/awsbcucotizaciones",
        accept: "application/xml,text/xml;q=0.9",
        terms: "Official rates; name the bank where they are shown.",
        examples: [
          "EUR/USD": "1.186600",
          "GBP/USD": "1.362100",
          "USD/JPY": "152.750000",
          "USD/BRL": "5.230000",
          "USD/ARS": "1415.000000",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 6)
    preset.request = [
      "headers": [
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": "Cotizaaction/AWSBCUCOTIZACIONES.Execute",
      ],
      "body":
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:cot=\"Cotiza\"><soap:Body><cot:wsbcucotizaciones.Execute><cot:Entrada><cot:Moneda><cot:item>0</cot:item></cot:Moneda><cot:FechaDesde>{day-7:yyyy-mm-dd}</cot:FechaDesde><cot:FechaHasta>{day:yyyy-mm-dd}</cot:FechaHasta><cot:Grupo>0</cot:Grupo></cot:Entrada></cot:wsbcucotizaciones.Execute></soap:Body></soap:Envelope>",
    ]
    return preset
  }()
}
