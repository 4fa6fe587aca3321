/// One `key=value` matcher of a silence.
package enum SilenceMatcher: Hashable, Sendable, CustomStringConvertible {
  case rule(NamePattern)
  case pair(PairPattern)
  case source(NamePattern)
  case severity(Severity)
  /// A label of the rule.
  case label(String, NamePattern)

  /// The keys of other matchers than those of labels.
  private static let keys = ["pair", "rule", "severity", "source"]

  /// Reads `rule=big-*`, `pair=*/USD`, `source=timesca`, `severity=info`, or `NAME=VALUE` of a label.
  ///
  /// `labels` are the names of the labels that rules have; nil for any.
  package init(_ text: String, labels: Set<String>? = nil) throws(SilenceProblem) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[1].isEmpty else {
      throw SilenceProblem(
        "\(text.quoted) is not a matcher; expected key=value, as in rule=big-move or pair=*/USD")
    }
    let value = String(halves[1])
    switch halves[0] {
    case "rule": self = .rule(NamePattern(value))
    case "source": self = .source(NamePattern(value))
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
      let name = String(halves[0])
      guard !name.isEmpty, labels?.contains(name) ?? true else {
        let keys = Self.keys + (labels?.sorted() ?? [])
        throw SilenceProblem(
          "\(name.quoted) is an unknown label; expected one of "
            + keys.joined(separator: ", ") + NearestName.suggestion(for: name, among: keys))
      }
      self = .label(name, NamePattern(value))
    }
  }

  package var description: String {
    switch self {
    case .rule(let pattern): "rule=\(pattern.text)"
    case .pair(let pattern): "pair=\(pattern.text)"
    case .source(let pattern): "source=\(pattern.text)"
    case .severity(let severity): "severity=\(severity.rawValue)"
    case .label(let name, let pattern): "\(name)=\(pattern.text)"
    }
  }

  /// Returns true if an alert matches; a label that it does not have matches nothing.
  func matches(_ alert: SilenceTarget) -> Bool {
    switch self {
    case .rule(let pattern): pattern.matches(alert.key.rule)
    case .pair(let pattern): pattern.matches(alert.key.series.pair)
    case .source(let pattern): pattern.matches(alert.key.series.source.text)
    case .severity(let expected): alert.severity == expected
    case .label(let name, let pattern):
      alert.labels.contains { $0.name == name && pattern.matches($0.value) }
    }
  }

  /// Returns true if both are about the same key.
  func isSameKey(as other: SilenceMatcher) -> Bool {
    switch (self, other) {
    case (.rule, .rule), (.pair, .pair), (.source, .source), (.severity, .severity): true
    case (.label(let name, _), .label(let others, _)): name == others
    default: false
    }
  }
}
