import FXCore

extension SourcePreset {
  /// The informal (blue) dollar in Argentina, an average of sites by Bluelytics.
  ///
  /// Pesos for 1 dollar.
  static let bluelytics: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "blue",
          "base": "USD",
          "quote": "ARS",
          "bid": "value_buy",
          "ask": "value_sell",
          "rate": "value_avg",
          "date": "$.last_update",
          "date_format": "instant",
          "zone": "-03:00",
        ]),
      SourcePreset.Facts(
        name: "bluelytics", publisher: "Bluelytics",
        url: "https://api.bluelytics.com.ar/v2/latest",
        accept: "application/json",
        terms: "A collection by volunteers; for information only.",
        examples: [
          "USD/ARS": "1425.0"
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay)
    preset.market = .street
    return preset
  }()
}
