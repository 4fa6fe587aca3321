/// One entry of a row of `publish`.
enum RuleTestEntry {
  case printed(Rate, change: String?)
  /// The source no longer prints the series.
  case gone
  /// The previous rate.
  case unchanged

  /// Reads `0.01144`, `7.4550 per 100`, `0.01144 (-0.09%)`, `gone` or `=`, each with an optional
  /// count such as ` x30`; nil for anything else.
  static func read(_ text: String) -> (entry: RuleTestEntry, count: Int)? {
    var words = text.split(separator: " ").map(String.init)
    var count = 1
    if let last = words.last, last.hasPrefix("x"), let times = Int(last.dropFirst()) {
      guard (1...RuleTest.maximumMoments).contains(times) else { return nil }
      count = times
      words.removeLast()
    }
    if words == ["gone"] { return (.gone, count) }
    if words == ["="] { return (.unchanged, count) }
    var change: String?
    if let last = words.last, last.hasPrefix("("), last.hasSuffix(")") {
      change = String(last.dropFirst().dropLast())
      words.removeLast()
    }
    var nominal: Int64 = 1
    if words.count == 3, words[1] == "per", let units = Int64(words[2]) {
      nominal = units
      words.removeLast(2)
    }
    guard words.count == 1, let printed = ExactDecimal(words[0]),
      let rate = Rate(printed: printed, nominal: nominal)
    else { return nil }
    return (.printed(rate, change: change), count)
  }
}
