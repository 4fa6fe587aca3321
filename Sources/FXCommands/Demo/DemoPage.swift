/// The page of the demo: a news site with a ticker, in markup of our own.
///
/// The rates are those the Times of Central Asia printed on two days eleven months apart.
enum DemoPage {
  /// The page as of 24 March 2025.
  static let march2025 = page(
    date: "24 March 2025",
    ticker: [
      ("KGS/USD", "0.01154", "-0.86%"), ("KZT/USD", "0.00199", "-0%"),
      ("TJS/USD", "0.09168", "0.11%"), ("UZS/USD", "0.00008", "0%"),
      ("TMT/USD", "0.28573", "-0.14%"),
    ])

  /// The page as of 20 February 2026.
  static let february2026 = page(
    date: "20 February 2026",
    ticker: [
      ("KGS/USD", "0.01144", "0%"), ("KZT/USD", "0.00202", "0%"),
      ("TJS/USD", "0.10563", "-0.09%"), ("UZS/USD", "0.00008", "0%"),
      ("TMT/USD", "0.28490", "0%"),
    ])

  /// The page after a number of moves: each rate is within 2 % of that of 20 February 2026, and every
  /// tenth move lifts all by 3 %.
  static func moving(_ step: Int) -> [UInt8] {
    let rates = [
      ("KGS/USD", 1144), ("KZT/USD", 202), ("TJS/USD", 10_563), ("UZS/USD", 8),
      ("TMT/USD", 28_490),
    ]
    return page(
      date: "20 February 2026",
      ticker: rates.enumerated().map { place, rate in
        let share = 1000 + (step * 7919 + place * 1049) % 41 - 20 + (step % 10 == 0 ? 30 : 0)
        let digits = "\(rate.1 * share / 1000)"
        let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
        return (rate.0, "0.\(zeros)\(digits)", "0%")
      })
  }

  /// The number of times the ticker repeats its rates: a marquee has no end.
  private static let repeats = 8

  private static func page(date: String, ticker: [(String, String, String)]) -> [UInt8] {
    let group = ticker.map { "<li>\($0) = <b>\($1)</b> <i>\($2)</i></li>" }.joined()
    return Array(
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Central Asia</title></head>
      <body>
      <ul class="ticker">\(String(repeating: group, count: repeats))</ul>
      <p>\(date)</p>
      <p>Viewing results 1 - 1 of 1</p>
      <h2><a href="/som">A headline about the som</a></h2>
      <p>The story below it mentions 87.45 and U$56.60, which are not rates of the ticker.</p>
      </body></html>

      """.utf8)
  }
}
