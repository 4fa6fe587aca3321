/// Hints for users of other notations.
enum NotationHints {
  /// Returns the literal for one in another notation: `7d` for `1w`, `1%` for `100bp`, `2026-01-31` for
  /// `31.01.2026`; nil for any other text.
  static func literal(_ text: String) -> String? {
    if let day = day(text) { return day.description }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = String(text.dropFirst(digits.count))
    guard let number = ExactDecimal(digits), !unit.isEmpty else { return nil }
    switch unit.lowercased() {
    case "pct", "percent", "perc": return "\(number)%"
    case "bp", "bps": return number.shifted(right: 2).map { "\(plain($0))%" }
    case "publication", "publications": return "\(number) publications"
    default: return duration(number, unit)
    }
  }

  /// Returns the duration for a number and a unit; nil for any other word.
  static func duration(_ number: ExactDecimal, _ unit: String) -> String? {
    // A capital M is a month in other notations, never a minute.
    let unit = unit == "M" ? "month" : unit.lowercased()
    guard number.scale == 0, let known = units[unit] else { return nil }
    let (count, overflow) = number.coefficient.multipliedReportingOverflow(by: known.times)
    let text = "\(count)\(known.letter)"
    return overflow || DurationText.parse(text) == nil ? nil : text
  }

  /// Returns a hint for a name in the place of an operator.
  static func hint(for name: String) -> String? {
    switch name.lowercased() {
    case "and", "or", "not": "write \(name.lowercased())"
    case "for", "release", "certainty", "notify", "severity":
      "'\(name.lowercased())' is a key of the rule, next to 'when'"
    default: nil
    }
  }

  private static let units: [String: (times: Int64, letter: String)] = [
    "s": (1, "s"), "sec": (1, "s"), "secs": (1, "s"), "second": (1, "s"), "seconds": (1, "s"),
    "m": (1, "m"), "min": (1, "m"), "mins": (1, "m"), "minute": (1, "m"), "minutes": (1, "m"),
    "h": (1, "h"), "hr": (1, "h"), "hrs": (1, "h"), "hour": (1, "h"), "hours": (1, "h"),
    "d": (1, "d"), "day": (1, "d"), "days": (1, "d"),
    "w": (7, "d"), "week": (7, "d"), "weeks": (7, "d"),
    "month": (30, "d"), "months": (30, "d"), "y": (365, "d"), "year": (365, "d"),
    "years": (365, "d"),
  ]

  /// Returns a number without trailing zeros.
  private static func plain(_ number: ExactDecimal) -> String {
    var text = Substring(number.description)
    guard text.contains(".") else { return String(text) }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }

  /// Parses a day written day.month.year.
  private static func day(_ text: String) -> CalendarDay? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].utf8.count == 4, let day = Int(parts[0]),
      let month = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    return CalendarDay(year: year, month: month, day: day)
  }
}
