import FXCore

extension SourcePreset {
  /// The rates of the Tokyo market in the statistics of the Bank of Japan.
  ///
  /// Yen for 1 dollar and dollars for 1 euro, at 17:00 in Tokyo, in parallel arrays. The codes of the series in the address are
  /// unverified.
  static let boj = SourcePreset(
    described: PresetDescription(
      .json,
      [
        "rows": "RESULTSET",
        "parallel": true,
        "pair": "SERIES_CODE",
        "names": [
          "FXERD04": "USD/JPY",
          "FXERD31": "EUR/USD",
          "FXUSDJPY": "USD/JPY",
          "FXEURUSD": "EUR/USD",
        ],
        "ignore": ["FXERD01"],
        "rate": "VALUES.VALUES",
        "date": "VALUES.SURVEY_DATES",
        "date_format": "yyyymmdd",
        "dates": "newest",
      ]),
    SourcePreset.Facts(
      name: "boj", publisher: "Bank of Japan",
      url:
        "https://www.stat-search.boj.or.jp/api/v1/getDataCode?format=json&lang=en&db=FM08&code=FXERD01,FXERD04,FXERD31&startDate={day-30:yyyymm}",
      accept: "application/json",
      terms: "Free to use with the source named.",
      examples: [
        "USD/JPY": "156.31",
        "EUR/USD": "1.1798",
      ]),
    schedule: .interval(.seconds(6 * 3600)))
}
