import FXCore

/// The rates with which a rule's condition compares the rate itself, such as 1.2 in `rate > 1.2`.
enum RuleThresholds {
  /// Returns the thresholds of the rules that watch a series, and of their releases.
  static func thresholds(of rules: [Rule], on series: [Series]) -> [SVGChart.Threshold] {
    rules.filter { rule in series.contains { rule.watches($0) } }.flatMap { rule in
      ([rule.condition.text] + (rule.release.map { [$0.text] } ?? [])).flatMap { text in
        levels(in: text).map { level in
          SVGChart.Threshold(
            value: level.value, label: "\(rule.name): rate \(level.comparison) \(level.text)")
        }
      }
    }
  }

  private struct Level {
    let comparison: String
    let text: String
    let value: Double
  }

  private static let comparisons: Set<String> = ["<", "<=", ">", ">="]

  private static func levels(in condition: String) -> [Level] {
    let spaced = condition.map { "()".contains($0) ? " \($0) " : String($0) }.joined()
    let words = spaced.split(separator: " ").map(String.init)
    return words.indices.compactMap { index in
      guard words[index] == "rate", index + 2 < words.count,
        comparisons.contains(words[index + 1]),
        let value = Double(words[index + 2]), value.isFinite,
        index + 3 == words.count || !["%", "*", "/", "+", "-"].contains(words[index + 3])
      else { return nil }
      return Level(comparison: words[index + 1], text: words[index + 2], value: value)
    }
  }
}
