/// One `key=value` matcher of a silence.
package enum SilenceMatcher: Hashable, Sendable, CustomStringConvertible {
  case rule(String)
  case pair(PairPattern)
  case source(SourceName)
  case severity(Severity)

  /// Reads `rule=big-move`, `pair=*/USD`, `source=timesca` or `severity=info`.
  package init(_ text: String) throws(SilenceProblem) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[1].isEmpty else {
      throw SilenceProblem(
        "\(text.quoted) is not a matcher; expected key=value, as in rule=big-move or pair=*/USD")
    }
    let value = String(halves[1])
    switch halves[0] {
    case "rule": self = .rule(value)
    case "source": self = .source(SourceName(value))
    case "pair":
      guard let pattern = PairPattern(value) else {
        throw SilenceProblem(
          "\(value.quoted) is not a currency pair; expected the form EUR/USD or */USD")
      }
      self = .pair(pattern)
    case "severity":
      let words = Severity.allCases.map(\.rawValue)
      guard let severity = Severity(rawValue: value) else {
        throw SilenceProblem(
          "\(value.quoted) is not one of \(words.joined(separator: ", "))"
            + NearestName.suggestion(for: value, among: words))
      }
      self = .severity(severity)
    default:
      let keys = ["pair", "rule", "severity", "source"]
      throw SilenceProblem(
        "\(halves[0].quoted) is an unknown label; expected one of "
          + keys.joined(separator: ", ")
          + NearestName.suggestion(for: String(halves[0]), among: keys))
    }
  }

  package var description: String {
    switch self {
    case .rule(let name): "rule=\(name)"
    case .pair(let pattern): "pair=\(pattern.text)"
    case .source(let name): "source=\(name)"
    case .severity(let severity): "severity=\(severity.rawValue)"
    }
  }

  /// Returns true if an alert matches.
  func matches(_ key: AlertKey, severity: Severity) -> Bool {
    switch self {
    case .rule(let name): key.rule == name
    case .pair(let pattern): pattern.matches(key.series.pair)
    case .source(let name): key.series.source == name
    case .severity(let expected): severity == expected
    }
  }

  /// Returns true if both are about the same key.
  func isSameKey(as other: SilenceMatcher) -> Bool {
    switch (self, other) {
    case (.rule, .rule), (.pair, .pair), (.source, .source), (.severity, .severity): true
    default: false
    }
  }
}
