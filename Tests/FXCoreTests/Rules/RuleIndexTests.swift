import FXCore
import Testing

@Suite("The index of rules")
struct RuleIndexTests {
  private static let sources = ["timesca", "ecb"].map { SourceName($0) }

  /// Rules of every kind of pattern, each for every source and for `ecb` only.
  private static func rules() throws -> [Rule] {
    let patterns = [
      [], ["*"], ["KGS/USD"], ["*/USD"], ["USD/*", "KGS/USD"], ["KZT/USD", "KGS/USD"], ["EUR/USD"],
      ["K*/USD"],
    ]
    return try (patterns + patterns).enumerated().map { number, texts in
      var rule = Rule(name: "rule \(number)", condition: try Condition("rate > 0"))
      rule.pairs = texts.compactMap { PairPattern($0) }
      if number >= patterns.count { rule.sources = [Self.sources[1]] }
      return rule
    }
  }

  @Test("finds the rules that watch a series, as an examination of each rule does")
  func agreesWithExamination() throws {
    let rules = try Self.rules()
    let index = RuleIndex(rules)
    var count = 0
    for source in Self.sources {
      for text in ["KGS/USD", "KZT/USD", "USD/KGS", "EUR/GBP"] {
        let series = Series(
          source: source, pair: try #require(CurrencyPair(text)), side: .mid)
        let expected = rules.indices.filter { rules[$0].watches(series) }
        #expect(index.rules(watching: series) == expected, "\(series)")
        count += expected.count
      }
    }
    #expect(count == 51)
  }

  @Test("finds the first rule of a name")
  func names() throws {
    let rules = try ["a", "b", "a"].map {
      Rule(name: $0, condition: try Condition("rate > 0"))
    }
    let index = RuleIndex(rules)
    #expect(index.index(of: "a") == 0)
    #expect(index.index(of: "b") == 1)
    #expect(index.index(of: "c") == nil)
  }

  @Test("finds the rules that read another source")
  func readers() throws {
    let index = RuleIndex([
      Rule(name: "a", condition: try Condition("rate > 0")),
      Rule(name: "b", condition: try Condition("spread(ecb) > 1%")),
    ])
    #expect(index.readers == [SourceName("ecb"): [1]])
  }
}
