/// The ticker of the Times of Central Asia on a day, as the site's text and as markup of our
/// own.
struct Ticker: Sendable {
  /// A pair, its rate and the change printed beside it.
  struct Entry: Sendable {
    let pair: String
    let rate: String
    let change: String
  }

  /// `24 March 2025`; nil for a page without one.
  var date: String?
  var entries: [Entry]
  var headline = "Kazakhstan and its neighbours agree on a corridor"

  /// The number of times the marquee repeats its group.
  static let repeats = 8

  init(_ date: String?, _ entries: [(String, String, String)]) {
    self.date = date
    self.entries = entries.map { Entry(pair: $0, rate: $1, change: $2) }
  }

  /// One pair, for tests in which nothing else matters.
  init(_ date: String? = nil, tjs rate: String) { self.init(date, [("TJS/USD", rate, "0%")]) }

  static let march2025 = Ticker(
    "24 March 2025",
    [
      ("KGS/USD", "0.01154", "-0.86%"), ("KZT/USD", "0.00199", "-0%"),
      ("TJS/USD", "0.09168", "0.11%"), ("UZS/USD", "0.00008", "0%"),
      ("TMT/USD", "0.28573", "-0.14%"),
    ])

  static let february2026 = Ticker(
    "20 February 2026",
    [
      ("KGS/USD", "0.01144", "0%"), ("KZT/USD", "0.00202", "0%"),
      ("TJS/USD", "0.10563", "-0.09%"), ("UZS/USD", "0.00008", "0%"),
      ("TMT/USD", "0.28490", "0%"),
    ])

  /// The page as text.
  var text: String {
    let group = entries.map { "• \($0.pair) = \($0.rate) \($0.change)\n" }
    let lines = Array(repeating: group, count: Self.repeats).joined().joined(separator: "  ")
    return lines + (date.map { "\($0)\n" } ?? "") + """

      Viewing results 1 - 6 of 2

      \(headline)

      The story below it mentions 87.45 soms and U$56.60 a barrel, and goes on long enough to be known \
      from a headline, as the beginning of an article does.

      """
  }

  /// The page as HTML.
  var html: String {
    let group = entries.map {
      "<li>\($0.pair) = <b>\($0.rate)</b>&nbsp;<span class=\"down\">\($0.change)</span></li>"
    }.joined()
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Central Asia</title></head><body>
      <ul class="marquee">\(String(repeating: group, count: Self.repeats))</ul>
      \(date.map { "<p>\($0)</p>" } ?? "")
      <p>Viewing results 1 - 6 of 2</p>
      <h2><a href="/corridor">\(headline)</a></h2>
      <p>The story below it mentions 87.45 soms and U$56.60 a barrel.</p>
      </body></html>

      """
  }
}
