import FXCore

extension SourcePreset {
  /// The foreign exchange rates in the data system of the Turkish central bank; a free key is needed.
  ///
  /// Lira for 1 unit, buying and selling. A series has the rates of a bulletin on the next business day; weekends are null. The host and
  /// the form of the address are those that Frankfurter uses since 2026.
  static let tcmbEVDS: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "items.*.*",
          "base": "#",
          "quote": "TRY",
          "patterns": [
            "base": "^TP_DK_(?<base>[A-Z]{3})_(?<side>[AS])$"
          ],
          "sides": [
            "A": "bid",
            "S": "ask",
          ],
          "rate": ".",
          "date": "^.Tarih",
          "date_format": "dd-mm-yyyy",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "tcmb-evds", publisher: "Central Bank of the Republic of Türkiye (EVDS)",
        url:
          "https://evds3.tcmb.gov.tr/igmevdsms-dis/series=TP.DK.USD.A-TP.DK.USD.S-TP.DK.EUR.A-TP.DK.EUR.S&startDate={day-14:dd-mm-yyyy}&endDate={day:dd-mm-yyyy}&type=json",
        accept: "application/json",
        terms: "A free key.",
        examples: [
          "USD/TRY": "43.8120",
          "EUR/TRY": "51.6301",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 4)
    preset.request = [
      "headers": [
        "key": "{key}"
      ]
    ]
    return preset
  }()
}
