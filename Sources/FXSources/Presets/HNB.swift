import FXCore

extension SourcePreset {
  /// The exchange rate list of the Croatian National Bank.
  ///
  /// Units of foreign currency for 1 euro since 2023, six decimals, so that the buying rate is above the selling rate. Valid for
  /// the day that it names, weekends included.
  static let hnb: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "base": "EUR",
          "quote": "valuta",
          "bid": "kupovni_tecaj",
          "ask": "prodajni_tecaj",
          "rate": "srednji_tecaj",
          "date": "datum_primjene",
          "decimal": "comma",
        ]),
      SourcePreset.Facts(
        name: "hnb", publisher: "Hrvatska narodna banka",
        url: "https://api.hnb.hr/tecajn-eur/v3",
        accept: "application/json",
        terms: "Official rates; name the bank where they are shown.",
        examples: [
          "EUR/USD": "1.180500",
          "EUR/GBP": "0.872100",
          "EUR/CHF": "0.912300",
          "EUR/JPY": "184.150000",
          "EUR/CZK": "24.231000",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 6)
    preset.archive = ArchiveAddress(
      "https://api.hnb.hr/tecajn-eur/v3?datum-primjene-od={from:yyyy-mm-dd}&datum-primjene-do={to:yyyy-mm-dd}",
      days: 90)
    return preset
  }()
}
