import FXCore

extension SourcePreset {
  /// The reference rates of Financial Benchmarks India, which the Reserve Bank of India uses.
  ///
  /// Rupees for 1, 100 or 10 000 units, four decimals, at 13:00 in Mumbai on working days. The units are a part of the name of a pair.
  static let fbil: SourcePreset = {
    var preset = SourcePreset(
      described: PresetDescription(
        .json,
        [
          "pair": "subProdName",
          "patterns": [
            "pair": "^(?<quote>[A-Z]{3}) / (?<nominal>\\d+) (?<base>[A-Z]{3})$"
          ],
          "rate": "rate",
          "date": "processRunDate",
          "date_format": "yyyy-mm-dd*",
          "dates": "newest",
        ]),
      SourcePreset.Facts(
        name: "fbil", publisher: "Financial Benchmarks India",
        url:
          "https://www.fbil.org.in/wasdm/refrates/fetchfiltered?fromDate={day-7:yyyy-mm-dd}&toDate={day:yyyy-mm-dd}&authenticated=false",
        accept: "application/json",
        terms: "Personal or internal use; redistribution needs a licence.",
        examples: [
          "USD/INR": "90.9410",
          "EUR/INR": "107.2210",
          "GBP/INR": "122.8150",
          "JPY/INR": "58.2600 per 100",
          "AED/INR": "24.7610",
        ]),
      schedule: .interval(.seconds(3 * 3600)), declaredScale: 4)
    preset.archive = ArchiveAddress(
      "https://www.fbil.org.in/wasdm/refrates/fetchfiltered?fromDate={from:yyyy-mm-dd}&toDate={to:yyyy-mm-dd}&authenticated=false",
      days: 90)
    return preset
  }()
}
