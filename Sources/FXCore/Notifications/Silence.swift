/// Somebody's word that alerts of some kind are not to be told for a while.
///
/// They are evaluated and recorded all the same.
package struct Silence: Hashable, Sendable {
  /// Its number in the database, from 1.
  package let id: Int64

  /// What it covers: an alert that agrees with every key named, by any of the values of each.
  package let matchers: [SilenceMatcher]

  package let author: String
  package let reason: String
  package let created: Timestamp

  /// The first instant it does not cover any more.
  package let until: Timestamp

  /// When it was ended before that; nil where it was not.
  package let ended: Timestamp?

  /// A silence.
  package init(
    id: Int64, matchers: [SilenceMatcher], author: String, reason: String, created: Timestamp,
    until: Timestamp, ended: Timestamp? = nil
  ) {
    self.id = id
    self.matchers = matchers
    self.author = author
    self.reason = reason
    self.created = created
    self.until = until
    self.ended = ended
  }

  /// Whether it covers anything at that instant.
  package func isActive(at now: Timestamp) -> Bool { ended == nil && now < until }

  /// Whether it is about an alert.
  package func covers(_ key: AlertKey, severity: Severity) -> Bool {
    !matchers.isEmpty
      && matchers.allSatisfy { matcher in
        matchers.contains { $0.isSameKey(as: matcher) && $0.matches(key, severity: severity) }
      }
  }
}

/// One `key=value` of a silence.
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
        "\(text.quoted) says nothing to match; write it like rule=big-move or pair=*/USD")
    }
    let value = String(halves[1])
    switch halves[0] {
    case "rule": self = .rule(value)
    case "source": self = .source(SourceName(value))
    case "pair":
      guard let pattern = PairPattern(value) else {
        throw SilenceProblem("\(value.quoted) is not a pair; write it like EUR/USD or */USD")
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
        "\(halves[0].quoted) is nothing an alert has; expected one of "
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

  fileprivate func matches(_ key: AlertKey, severity: Severity) -> Bool {
    switch self {
    case .rule(let name): key.rule == name
    case .pair(let pattern): pattern.matches(key.series.pair)
    case .source(let name): key.series.source == name
    case .severity(let wanted): severity == wanted
    }
  }

  fileprivate func isSameKey(as other: SilenceMatcher) -> Bool {
    switch (self, other) {
    case (.rule, .rule), (.pair, .pair), (.source, .source), (.severity, .severity): true
    default: false
    }
  }
}

/// What is wrong with a silence or an acknowledgement somebody asks for: a sentence.
package struct SilenceProblem: Error, Hashable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }
}
