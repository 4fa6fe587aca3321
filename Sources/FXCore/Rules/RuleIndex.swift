/// The rules of a plan by the series they watch and the sources they read.
///
/// Immutable, and a reference, because every component of the engine has it. Building is linear in the
/// rules; for the cost of a query see `rules(watching:)`.
package final class RuleIndex: Sendable {
  /// The rules in the order of the plan; all others refer to their indices here.
  package let rules: [Rule]

  /// The rules that read a source without watching it.
  package let readers: [SourceName: Set<Int>]

  /// The rules with one alert for all pairs of a source, ascending: those of sources that they name, and of
  /// every source.
  private let groupsBySource: [SourceName: [Int]]
  private let groupsOfAll: [Int]

  /// True if any rule reads other pairs of its series' source.
  package let hasRulesOnSiblings: Bool

  /// True if any rule is evaluated on fixings that are only repeated.
  package let hasRulesOnRepeatedFixings: Bool

  /// The length of history that the rules look back on.
  package let lookback: Lookback

  /// The indexes that histories keep for the rules.
  package let historyIndexes: SeriesHistory.HistoryIndexes

  private let byName: [String: Int]
  private let criteria: Criteria

  /// An index of rules.
  package init(_ rules: [Rule]) {
    self.rules = rules
    var readers: [SourceName: Set<Int>] = [:]
    var (groupsBySource, groupsOfAll): ([SourceName: [Int]], [Int]) = ([:], [])
    var byName: [String: Int] = Dictionary(minimumCapacity: rules.count)
    var (readsSiblings, repeatsFixings) = (false, false)
    var lookback = Lookback.none
    var indexes: SeriesHistory.HistoryIndexes = []
    // By index, in one pass: a loop over the rules would copy each of them.
    for index in rules.indices {
      for source in rules[index].readSources { readers[source, default: []].insert(index) }
      if rules[index].group != nil {
        if rules[index].sources == nil { groupsOfAll.append(index) }
        for source in rules[index].sources ?? [] {
          groupsBySource[source, default: []].append(index)
        }
      }
      if byName[rules[index].name] == nil { byName[rules[index].name] = index }
      readsSiblings = readsSiblings || rules[index].readsSiblings || rules[index].printsSiblings
      repeatsFixings = repeatsFixings || rules[index].isEvaluatedOnRepeatedFixings
      lookback = lookback.joined(with: rules[index].reach)
      indexes.formUnion(rules[index].keeping)
    }
    self.readers = readers
    self.groupsBySource = groupsBySource
    self.groupsOfAll = groupsOfAll
    self.byName = byName
    self.lookback = lookback
    hasRulesOnSiblings = readsSiblings
    hasRulesOnRepeatedFixings = repeatsFixings
    historyIndexes = indexes
    criteria = Criteria(rules)
  }

  /// Returns the index of the rule of that name; the first of several.
  package func index(of name: String) -> Int? { byName[name] }

  /// Returns the indices of the rules with one alert for all pairs of a source, ascending.
  package func groups(at source: SourceName) -> [Int] {
    guard let own = groupsBySource[source] else { return groupsOfAll }
    return groupsOfAll.isEmpty ? own : (own + groupsOfAll).sorted()
  }

  /// Returns the indices of the rules that watch a series, ascending; by default without those with one alert
  /// for all pairs.
  ///
  /// Cost: linear in the rules that name the series' pair, one of its currencies, or its source
  /// alone, and those with patterns or without either.
  package func rules(watching series: Series, withGroups: Bool = false) -> [Int] {
    let found = criteria.candidates(for: series)
    if found.count == 1 { return watching(series, of: found[0], withGroups) }
    var previous: Int?
    let merged = found.joined().sorted().filter { index in
      defer { previous = index }
      return index != previous
    }
    return watching(series, of: merged, withGroups)
  }

  /// Returns those that do watch it; where all do, the same array, which series then share.
  private func watching(_ series: Series, of indices: [Int], _ withGroups: Bool) -> [Int] {
    func isWatching(_ index: Int) -> Bool {
      rules[index].watches(series) && (withGroups || rules[index].group == nil)
    }
    return indices.allSatisfy(isWatching) ? indices : indices.filter(isWatching)
  }

  /// The indices of rules, ascending, under the narrowest of their criteria.
  private struct Criteria: Sendable {
    private var byPair: [CurrencyPair: [Int]] = [:]
    private var byBase: [Currency: [Int]] = [:]
    private var byQuote: [Currency: [Int]] = [:]
    private var bySource: [SourceName: [Int]] = [:]
    private var others: [Int] = []

    init(_ rules: [Rule]) {
      for index in rules.indices {
        if rules[index].pairs.isEmpty { add(index, ofSources: rules[index].sources) }
        for pattern in rules[index].pairs {
          switch (pattern.base, pattern.quote) {
          case (.only(let base), .only(let quote)):
            Self.add(index, to: &byPair[CurrencyPair(base: base, quote: quote), default: []])
          case (.only(let base), _): Self.add(index, to: &byBase[base, default: []])
          case (_, .only(let quote)): Self.add(index, to: &byQuote[quote, default: []])
          default: add(index, ofSources: rules[index].sources)
          }
        }
      }
    }

    /// The lists of rules that may watch a series; none is empty.
    func candidates(for series: Series) -> [[Int]] {
      [
        byPair[series.pair], byBase[series.pair.base], byQuote[series.pair.quote],
        bySource[series.source], others.isEmpty ? nil : others,
      ].compactMap(\.self)
    }

    private mutating func add(_ index: Int, ofSources sources: Set<SourceName>?) {
      guard let sources else { return Self.add(index, to: &others) }
      for source in sources { Self.add(index, to: &bySource[source, default: []]) }
    }

    /// Adds an index once, also where a rule has several patterns of one kind.
    private static func add(_ index: Int, to indices: inout [Int]) {
      if indices.last != index { indices.append(index) }
    }
  }
}
