import Support

/// The check of the engine against the definition on random pasts.
package enum OracleCheck {
  /// The rules of each past.
  package static let rulesPerScenario = 10

  /// A disagreement, as a rule test with the differences as comments.
  package struct Disagreement: Hashable, Sendable {
    package let seed: UInt64
    package let story: String
  }

  /// Returns the disagreement of one past; nil if there is none.
  package static func disagreement(seed: UInt64) -> Disagreement? {
    var writer = ScenarioWriter(seed: seed)
    let scenario = writer.scenario(rules: rulesPerScenario)
    guard !Comparison(scenario).differences.isEmpty else { return nil }
    let smallest = scenario.shrunk()
    let found = Comparison(smallest).differences.map { "# \($0)" }.joined(separator: "\n")
    return Disagreement(seed: seed, story: "# seed \(seed)\n\(found)\n\(smallest.story)")
  }
}
