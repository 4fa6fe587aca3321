import FXCore

extension SourcePreset {
  /// Rates of trade between persons, collected by Yadio: what money costs where official rates do not hold.
  ///
  /// Units for 1 dollar. The form of the fields was not recorded here.
  static let yadio: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "USD.*",
          "base": "USD",
          "quote": "#",
          "rate": ".",
          "date": "$.timestamp",
          "date_format": "unix",
          "only": [
            "ARS", "BOB", "BRL", "CLP", "COP", "CRC", "CUP", "DOP", "EUR", "GBP", "GTQ", "HNL",
            "IRR", "LBP", "MXN", "NGN", "NIO", "PEN", "PYG", "RUB", "TRY", "UAH", "UYU", "VES",
            "ZAR",
          ],
          "round": "8",
        ]),
      SourcePreset.Facts(
        name: "yadio", publisher: "Yadio",
        url: "https://api.yadio.io/exrates/USD",
        accept: "application/json",
        terms: "For information only; see the terms of yadio.io.",
        examples: [
          "USD/ARS": "1431.2",
          "USD/VES": "312.55",
          "USD/CUP": "480.1",
          "USD/BOB": "9.6",
          "USD/NGN": "1400.2",
        ]),
      schedule: .interval(.seconds(15 * 60)), dating: .pageDay)
    preset.market = .street
    return preset
  }()
}
