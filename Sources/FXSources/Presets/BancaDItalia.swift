import FXCore

extension SourcePreset {
  /// The reference rates of the Bank of Italy: over 150 currencies for 1 euro.
  ///
  /// The ECB's rates, and for other currencies rates from their markets, at about 16:00 in Rome. `N.A.` is a missing rate. The names of the
  /// columns are unverified.
  static let bancaDItalia = SourcePreset(
    described: PresetDescription(
      .csv,
      [
        "base": "EUR",
        "quote": "ISO Code",
        "rate": "Foreign currency amount per euro",
        "date": "Reference date (CET)",
        "dates": "newest",
        "decimal": "dot",
        "repeats": "first",
      ]),
    SourcePreset.Facts(
      name: "bancaditalia", publisher: "Banca d'Italia",
      url: "https://tassidicambio.bancaditalia.it/terzevalute-wf-web/rest/v1.0/latestRates?lang=en",
      accept: "text/csv",
      terms: "Free to use with the source named.",
      examples: [
        "EUR/USD": "1.1866",
        "EUR/JPY": "181.25",
        "EUR/GBP": "0.8694",
        "EUR/CHF": "0.9125",
        "EUR/KZT": "588.12",
      ]),
    schedule: .calendar(
      PublicationCalendar(zone: "Europe/Rome", hour: 17, minute: 0, holidays: .target)))
}
