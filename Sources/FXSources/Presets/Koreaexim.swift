import FXCore

extension SourcePreset {
  /// The rates of the Export-Import Bank of Korea; a free key is needed.
  ///
  /// Won for 1 or 100 units. Before 11:00 in Seoul, and on holidays, the list is empty. The rates are of the day of the request; the
  /// response has no date.
  static let koreaexim = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "base": "cur_unit",
        "quote": "KRW",
        "patterns": [
          "base": "^(?<base>[A-Z]{3})(?:\\((?<nominal>\\d+)\\))?$"
        ],
        "names": [
          "CNH": "CNY"
        ],
        "rate": "deal_bas_r",
        "decimal": "dot",
        "thousands": "comma",
        "ignore": ["KRW"],
      ]),
    SourcePreset.Facts(
      name: "koreaexim", publisher: "Export-Import Bank of Korea",
      url:
        "https://oapi.koreaexim.go.kr/site/program/financial/exchangeJSON?authkey={key}&searchdate={day:yyyymmdd}&data=AP01",
      accept: "application/json",
      terms: "A free key, 1000 requests a day.",
      examples: [
        "USD/KRW": "1452.1",
        "EUR/KRW": "1712.3",
        "JPY/KRW": "931.2 per 100",
        "CNY/KRW": "209.4",
        "GBP/KRW": "1964.2",
      ]),
    schedule: .interval(.seconds(3 * 3600)), dating: .pageDay)
}
