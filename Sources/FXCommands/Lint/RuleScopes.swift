import FXCore

/// The rules of a config by what they watch: rules with equal pairs and sources have one scope.
///
/// Cost: linear in the rules, and in the series that each scope watches.
struct RuleScopes {
  /// The pairs and sources of one rule or several.
  struct Scope {
    /// The indices of the series that it watches, ascending.
    var watched: [Int] = []

    /// The first series that it would watch in the other direction; only where it watches none.
    var turned: Int?
  }

  /// The series that were published, and those of presets.
  let series: [Series]

  /// The scopes, in the order of their first rules.
  private(set) var scopes: [Scope]

  /// The index of the scope of each rule.
  let scopeOfRule: [Int]

  /// The indices of the first rules of all scopes.
  let firstRules: [Int]

  /// The scopes of rules among the known series.
  init(_ rules: [Rule], among series: [Series]) {
    self.series = series
    var numbers: [Key: Int] = [:]
    var firstRules: [Int] = []
    scopeOfRule = rules.enumerated().map { index, rule in
      let key = Key(pairs: rule.pairs, sources: rule.sources, sides: rule.sides)
      if let number = numbers[key] { return number }
      numbers[key] = firstRules.count
      firstRules.append(index)
      return firstRules.count - 1
    }
    self.firstRules = firstRules
    scopes = Array(repeating: Scope(), count: firstRules.count)
    let index = RuleIndex(firstRules.map { rules[$0] })
    for (number, series) in series.enumerated() {
      for scope in index.rules(watching: series, withGroups: true) {
        scopes[scope].watched.append(number)
      }
    }
    guard scopes.contains(where: \.watched.isEmpty) else { return }
    for (number, series) in series.enumerated() {
      let pair = CurrencyPair(base: series.pair.quote, quote: series.pair.base)
      let turned = Series(source: series.source, pair: pair, side: series.side)
      for scope in index.rules(watching: turned, withGroups: true)
      where scopes[scope].watched.isEmpty && scopes[scope].turned == nil {
        scopes[scope].turned = number
      }
    }
  }

  /// Returns the scope of a rule, given by its index.
  func scope(ofRule index: Int) -> Scope { scopes[scopeOfRule[index]] }

  /// The settings that decide which series a rule watches.
  private struct Key: Hashable {
    let pairs: [PairPattern]
    let sources: Set<SourceName>?
    let sides: Set<Side>?
  }
}
