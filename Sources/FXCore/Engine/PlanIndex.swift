/// The rules of a plan by what they watch, so that a series asks only for those that may be about it.
///
/// Building costs the rules; a question costs the rules that name the series' pair, one of its
/// currencies, or its source alone, and those with globs or without either.
struct PlanIndex: Sendable {
  private let rules: [Rule]
  private var byName: [String: Int] = [:]

  // The places of rules, ascending, under the narrowest of their words.
  private var byPair: [CurrencyPair: [Int]] = [:]
  private var byBase: [Currency: [Int]] = [:]
  private var byQuote: [Currency: [Int]] = [:]
  private var bySource: [SourceName: [Int]] = [:]
  private var others: [Int] = []

  /// An index of rules, by their places.
  init(_ rules: [Rule]) {
    self.rules = rules
    byName.reserveCapacity(rules.count)
    for (place, rule) in rules.enumerated() {
      if byName[rule.name] == nil { byName[rule.name] = place }
      if rule.pairs.isEmpty { addWithoutPair(place) }
      for pattern in rule.pairs {
        switch (pattern.base, pattern.quote) {
        case (.only(let base), .only(let quote)):
          Self.add(place, to: &byPair[CurrencyPair(base: base, quote: quote), default: []])
        case (.only(let base), _): Self.add(place, to: &byBase[base, default: []])
        case (_, .only(let quote)): Self.add(place, to: &byQuote[quote, default: []])
        default: addWithoutPair(place)
        }
      }
    }
  }

  private mutating func addWithoutPair(_ place: Int) {
    guard let sources = rules[place].sources else { return Self.add(place, to: &others) }
    for source in sources { Self.add(place, to: &bySource[source, default: []]) }
  }

  /// Adds a place once, also where a rule has several patterns of one kind.
  private static func add(_ place: Int, to places: inout [Int]) {
    if places.last != place { places.append(place) }
  }

  /// The place of the rule of that name; the first of several.
  func place(of name: String) -> Int? { byName[name] }

  /// The places of the rules that watch a series, ascending.
  func rules(watching series: Series) -> [Int] {
    let found = [
      byPair[series.pair], byBase[series.pair.base], byQuote[series.pair.quote],
      bySource[series.source], others.isEmpty ? nil : others,
    ].compactMap(\.self)
    if found.count == 1 { return watching(series, of: found[0]) }
    var previous: Int?
    let merged = found.joined().sorted().filter { place in
      defer { previous = place }
      return place != previous
    }
    return watching(series, of: merged)
  }

  /// Those that do watch it; where all do, the very array, which series then share.
  private func watching(_ series: Series, of places: [Int]) -> [Int] {
    places.allSatisfy { rules[$0].watches(series) }
      ? places : places.filter { rules[$0].watches(series) }
  }
}
