import FXCore

extension SourcePreset {
  /// The average rates of Thai banks, from the Bank of Thailand; a free token is the key.
  ///
  /// Baht for 1 unit, or for the units in a currency's name (`JAPAN : YEN (100 YEN)`). Published at 18:00 in Bangkok, at most 31 days a
  /// request.
  static let bot: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "result.data.data_detail",
          "base": "currency_id",
          "quote": "THB",
          "nominal": "currency_name_eng",
          "patterns": [
            "nominal": "\\((\\d+) "
          ],
          "bid": "buying_transfer",
          "ask": "selling",
          "rate": "mid_rate",
          "date": "period",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "bot", publisher: "Bank of Thailand",
        url:
          "https://gateway.api.bot.or.th/Stat-ExchangeRate/v2/DAILY_AVG_EXG_RATE/?start_period={day-7:yyyy-mm-dd}&end_period={day:yyyy-mm-dd}",
        accept: "application/json",
        terms: "A free token; name the bank where the rates are shown.",
        examples: [
          "USD/THB": "31.2410000",
          "EUR/THB": "36.9100000",
          "GBP/THB": "42.2100000",
          "CNY/THB": "4.5300000",
          "SGD/THB": "24.6000000",
        ]),
      schedule: .interval(.seconds(6 * 3600)), declaredScale: 7)
    preset.request = [
      "headers": [
        "Authorization": "{key}"
      ]
    ]
    return preset
  }()
}
