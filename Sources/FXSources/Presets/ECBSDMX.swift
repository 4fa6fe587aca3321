import FXCore

extension SourcePreset {
  /// The ECB's reference rates from its data portal.
  ///
  /// The same rates as the preset ecb, with each currency's last one; withdrawn currencies have old dates and are left out. A day without
  /// data is an empty response.
  static let ecbSDMX: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .csv,
        [
          "base": "EUR",
          "quote": "CURRENCY",
          "rate": "OBS_VALUE",
          "date": "TIME_PERIOD",
          "dates": "newest",
          "decimal": "dot",
        ]),
      SourcePreset.Facts(
        name: "ecb-sdmx", publisher: "European Central Bank (data portal)",
        url:
          "https://data-api.ecb.europa.eu/service/data/EXR/D..EUR.SP00.A?format=csvdata&lastNObservations=1",
        accept: "text/csv,*/*;q=0.5",
        terms: "Free to use with the source named.",
        examples: [
          "EUR/USD": "1.1866",
          "EUR/JPY": "181.25",
          "EUR/GBP": "0.8694",
          "EUR/CHF": "0.9125",
          "EUR/CNY": "8.2001",
        ]),
      schedule: .calendar(
        PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target)))
    preset.archive = ArchiveAddress(
      "https://data-api.ecb.europa.eu/service/data/EXR/D..EUR.SP00.A?format=csvdata&startPeriod={from:yyyy-mm-dd}&endPeriod={to:yyyy-mm-dd}",
      days: 90)
    return preset
  }()
}
