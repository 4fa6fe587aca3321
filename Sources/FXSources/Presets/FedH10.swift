import FXCore

extension SourcePreset {
  /// The H.10 release of the Federal Reserve: noon buying rates in New York.
  ///
  /// Published on Mondays for the week before, with days as rows. Dollars for 1 euro, pound, Australian and New Zealand dollar; other
  /// currencies for 1 dollar. `ND` is a holiday. The identifier of the series in the address is unverified.
  static let fedH10 = SourcePreset(
    described: PresetDescription(
      .csv,
      [
        "header": "Time Period",
        "wide": "pair",
        "date": "Time Period",
        "names": [
          "RXI$US_N.B.EU": "EUR/USD",
          "RXI$US_N.B.AL": "AUD/USD",
          "RXI$US_N.B.NZ": "NZD/USD",
          "RXI$US_N.B.UK": "GBP/USD",
          "RXI_N.B.BZ": "USD/BRL",
          "RXI_N.B.CA": "USD/CAD",
          "RXI_N.B.CH": "USD/CNY",
          "RXI_N.B.DN": "USD/DKK",
          "RXI_N.B.HK": "USD/HKD",
          "RXI_N.B.IN": "USD/INR",
          "RXI_N.B.JA": "USD/JPY",
          "RXI_N.B.KO": "USD/KRW",
          "RXI_N.B.MA": "USD/MYR",
          "RXI_N.B.MX": "USD/MXN",
          "RXI_N.B.NO": "USD/NOK",
          "RXI_N.B.SF": "USD/ZAR",
          "RXI_N.B.SI": "USD/SGD",
          "RXI_N.B.SD": "USD/SEK",
          "RXI_N.B.SZ": "USD/CHF",
          "RXI_N.B.TA": "USD/TWD",
          "RXI_N.B.TH": "USD/THB",
        ],
        "decimal": "dot",
      ]),
    SourcePreset.Facts(
      name: "fed-h10", publisher: "Federal Reserve",
      url:
        "https://www.federalreserve.gov/datadownload/Output.aspx?rel=H10&series=60f32914ab61dfab590e0e470153e3ae&lastobs=10&filetype=csv&label=include&layout=seriescolumn",
      accept: "text/csv,*/*;q=0.5",
      terms: "Free to use.",
      examples: [
        "EUR/USD": "1.1866",
        "USD/JPY": "152.7500",
        "USD/CNY": "6.9033",
        "GBP/USD": "1.3644",
        "USD/CAD": "1.3612",
      ]),
    schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
}
