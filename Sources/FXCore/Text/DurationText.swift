/// Durations in the form used in the config: whole numbers with the units `y`, `w`, `d`, `h`, `m` and
/// `s`, the largest first.
package enum DurationText {
  /// Reads `90s`, `15m`, `24h`, `7d`, `52w`, `1y`, `1h30m` or `0`; a year has 365 days.
  ///
  /// Returns nil for anything else, and for more than 100 years.
  package static func parse(_ text: some StringProtocol) -> Duration? {
    if text == "0" { return .zero }
    var rest = Substring(text)
    var total: Int64 = 0
    var last = Int64.max
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isWholeNumber }
      rest = rest.dropFirst(digits.count)
      guard let unit = rest.popFirst(), let seconds = secondsPerUnit[unit], seconds < last,
        digits.utf8.count <= 10, let count = Int64(digits)
      else { return nil }
      last = seconds
      total += count * seconds
      if total > 100 * 366 * 86_400 { return nil }
    }
    return last == .max ? nil : .seconds(total)
  }

  /// Formats a duration's whole seconds in the largest unit that divides them.
  ///
  /// One day is `24h`, as users write it; 5400 s is `90m`, 172800 s is `2d`.
  package static func text(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    if seconds != 0, seconds % 86_400 == 0, seconds > 86_400 { return "\(seconds / 86_400)d" }
    if seconds != 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    if seconds != 0, seconds % 60 == 0 { return "\(seconds / 60)m" }
    return "\(seconds)s"
  }

  private static let secondsPerUnit: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400,
  ]
}
