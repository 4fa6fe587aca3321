import FXCore
import FXSources

/// Finds rules that watch no series.
///
/// Cost: linear in the sources that a rule names.
struct UnmatchedRules {
  /// The most sources that a warning names.
  private static let maximumNamed = 5

  private let scopes: RuleScopes
  private let sources: [SourceName]
  private let positions: [SourceName: Int]
  private let printing: Set<SourceName>
  private let allArePrinting: Bool
  private let examples: [SourceName: ExamplePairs]

  /// A check of rules on sources, in the order of the config; of those that are `unpublished` only
  /// examples are known.
  init(_ scopes: RuleScopes, sources: [SourceName], unpublished: [SourceDefinition]) {
    self.scopes = scopes
    self.sources = sources
    positions = Dictionary(
      sources.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
    let printing = Set(scopes.series.map(\.source))
    self.printing = printing
    examples = Dictionary(
      unpublished.map { ($0.name, ExamplePairs($0.examples.keys)) }, uniquingKeysWith: { $1 })
    allArePrinting = sources.allSatisfy(printing.contains)
  }

  /// Returns the reason why a rule watches nothing; nil also where a source has no known series yet.
  func warning(about rule: Rule, at position: Int) -> String? {
    let scope = scopes.scope(ofRule: position)
    guard scope.watched.isEmpty, !rule.pairs.isEmpty else { return nil }
    let named = rule.sources?.filter { positions[$0] != nil }
    guard named?.allSatisfy(printing.contains) ?? allArePrinting else { return nil }
    let mayPrint = (named.map(Array.init) ?? sources).contains { source in
      examples[source].map { rule.pairs.contains(where: $0.mayInclude) } ?? false
    }
    guard !mayPrint || scope.turned != nil else { return nil }
    let pairs = rule.pairs.map(\.text).joined(separator: ", ")
    let turned = scope.turned.map { scopes.series[$0] }
    return "no series of \(text(of: named)) matches \(pairs)"
      + (turned.map { "; \($0.source) prints \($0.pair)" } ?? "")
  }

  private func text(of named: Set<SourceName>?) -> String {
    let sources =
      named?.sorted { positions[$0, default: 0] < positions[$1, default: 0] } ?? sources
    let rest = sources.count - Self.maximumNamed
    return sources.prefix(Self.maximumNamed).map(\.text).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}
