/// Durations in the form used in the config: a whole number and one of `s`, `m`, `h`, `d`.
package enum DurationText {
  /// Reads `90s`, `15m`, `24h`, `7d` or `0`.
  ///
  /// Returns nil for anything else, and for more than 100 years.
  package static func parse(_ text: some StringProtocol) -> Duration? {
    if text == "0" { return .zero }
    guard let unit = text.last, let seconds = secondsPerUnit[unit] else { return nil }
    let digits = text.dropLast()
    guard !digits.isEmpty, digits.utf8.count <= 10,
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let count = Int64(digits), count * seconds <= 100 * 366 * 86_400
    else { return nil }
    return .seconds(count * seconds)
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

  private static let secondsPerUnit: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
}
