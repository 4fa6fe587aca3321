import FXCore

extension SourcePreset {
  /// The PTAX closing rates of the Central Bank of Brazil, one request for each of ten currencies.
  ///
  /// Reais for 1 unit, at about 13:00 in Brasília on working days. Of the bulletins of a day only that of the closing is read.
  static let bcb: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "value",
          "base": "{code}",
          "quote": "BRL",
          "bid": "cotacaoCompra",
          "ask": "cotacaoVenda",
          "date": "dataHoraCotacao",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "bcb", publisher: "Banco Central do Brasil",
        url:
          "https://olinda.bcb.gov.br/olinda/servico/PTAX/versao/v1/odata/CotacaoMoedaPeriodo(moeda=@moeda,dataInicial=@dataInicial,dataFinalCotacao=@dataFinalCotacao)?@moeda='{code}'&@dataInicial='{day-10:mm-dd-yyyy}'&@dataFinalCotacao='{day:mm-dd-yyyy}'&$filter=tipoBoletim%20eq%20'Fechamento'&$format=json",
        accept: "application/json",
        terms: "Free to use with the source named.",
        examples: [
          "USD/BRL": "5.2301",
          "EUR/BRL": "6.1712",
          "GBP/BRL": "7.0623",
          "JPY/BRL": "0.0335",
          "CHF/BRL": "6.7801",
        ]),
      schedule: .interval(.seconds(3 * 3600)))
    preset.request = [
      "each": [
        "code": ["USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "DKK", "NOK", "SEK"]
      ]
    ]
    return preset
  }()
}
