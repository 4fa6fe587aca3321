import FXCore

extension SourcePreset {
  /// The official rates of the Bank of Mongolia.
  ///
  /// Tugriks for 1 unit, as texts with thousands marks. The service is asked by POST; without a period it returns the whole archive of
  /// 5 MB. Whether it obeys the dates in the address is unverified, so that up to 8 MiB are read.
  static let bom: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "rows": "data.last.*",
          "base": "#",
          "quote": "MNT",
          "rate": ".",
          "date": "$.data.last.RATE_DATE",
          "ignore": ["RATE_DATE"],
          "names": [
            "SDR": "XDR"
          ],
          "decimal": "dot",
          "thousands": "comma",
          "error": [
            "at": "success",
            "is": "false",
          ],
        ]),
      SourcePreset.Facts(
        name: "bom", publisher: "Bank of Mongolia",
        url:
          "https://www.mongolbank.mn/en/currency-rate-movement/data?startDate={day-7:yyyy-mm-dd}&endDate={day:yyyy-mm-dd}",
        accept: "application/json",
        terms: "Official rates; the bank need not trade at them.",
        examples: [
          "USD/MNT": "3576.42",
          "EUR/MNT": "4188.31",
          "JPY/MNT": "23.05",
          "CNY/MNT": "519.10",
          "RUB/MNT": "46.55",
        ]),
      schedule: .interval(.seconds(6 * 3600)))
    preset.request = [
      "headers": [
        "Content-Type": "application/x-www-form-urlencoded"
      ],
      "body": "startDate={day-7:yyyy-mm-dd}&endDate={day:yyyy-mm-dd}",
      "max_body": "8 MiB",
    ]
    return preset
  }()
}
