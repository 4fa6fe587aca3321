import FXCore

extension SourcePreset {
  /// The central parity rates of the renminbi, published by the China Foreign Exchange Trade System at about 9:15 in Beijing.
  ///
  /// Yuan for 1 or 100 units; for some currencies units for 1 yuan, as the names of pairs say. Public code sends the name of a browser and
  /// few requests a day. The names of fields are those of the copy that SAFE publishes, and unverified here.
  static let cfets = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "records",
        "pair": "vrtEName",
        "patterns": [
          "pair": "^(?<nominal>\\d+)?(?<base>[A-Z]{3})/(?<quote>[A-Z]{3})$"
        ],
        "rate": "price",
        "date": "$.data.lastDate",
      ]),
    SourcePreset.Facts(
      name: "cfets", publisher: "China Foreign Exchange Trade System",
      url: "https://www.chinamoney.com.cn/r/cms/www/chinamoney/data/fx/ccpr.json",
      accept: "application/json",
      terms: "Personal or internal use; see the terms of chinamoney.com.cn.",
      examples: [
        "USD/CNY": "6.9398",
        "EUR/CNY": "8.2001",
        "JPY/CNY": "4.5360 per 100",
        "HKD/CNY": "0.88781",
        "GBP/CNY": "9.4701",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
