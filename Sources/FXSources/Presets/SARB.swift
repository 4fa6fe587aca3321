import FXCore

extension SourcePreset {
  /// The daily rates of the South African Reserve Bank.
  ///
  /// Both directions in one document: rand for 1 dollar, pound and euro, foreign currency for 1 rand for all others; the name of a
  /// row contains which. The names of other currencies are unverified, and rows with unknown names are set aside.
  static let sarb = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "pair": "Name",
        "patterns": [
          "pair": "^(?<quote>.+?) per (?<base>.+)$"
        ],
        "rate": "Value",
        "date": "Date",
        "dates": "newest",
        "names": [
          "Rand": "ZAR",
          "US Dollar": "USD",
          "British Pound": "GBP",
          "Euro": "EUR",
          "Japanese Yen": "JPY",
          "Swiss Franc": "CHF",
          "Chinese Yuan": "CNY",
        ],
        "ignore": ["Nominal effective exchange rate"],
      ]),
    SourcePreset.Facts(
      name: "sarb", publisher: "South African Reserve Bank",
      url: "https://custom.resbank.co.za/SarbWebApi/WebIndicators/HistoricalExchangeRatesDaily",
      accept: "application/json",
      terms: "Official rates; name the bank where they are shown.",
      examples: [
        "USD/ZAR": "16.0123",
        "GBP/ZAR": "21.5502",
        "EUR/ZAR": "18.8901",
        "ZAR/JPY": "9.7412",
        "ZAR/CHF": "0.0491",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
