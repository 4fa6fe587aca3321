import FXCore
import Testing

@Suite("Rules, found by their pairs")
struct RuleIndexTests {
  @Test("watch the new series that a look at each of them would say")
  func agreesWithPlainLook() throws {
    let patterns = [
      [], ["*"], ["KGS/USD"], ["*/USD"], ["USD/*", "KGS/USD"], ["KZT/USD", "KGS/USD"], ["EUR/USD"],
    ]
    let rules = try patterns.enumerated().map { number, texts in
      var rule = Rule(name: "rule \(number)", condition: try Condition("rate > 0"))
      rule.pairs = texts.compactMap { PairPattern($0) }
      return rule
    }
    let source = SourceName("timesca")
    let engine = Engine(
      plan: Plan(
        sources: [
          PlannedSource(
            name: source, schedule: .interval(.seconds(3600)), dating: .pageDay, host: "a.example")
        ],
        rules: rules, notifiers: []),
      stored: StoredState(
        installation: "00", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: []),
      zones: TestZones(), now: EngineRun.start)
    let observations = try ["KGS/USD", "KZT/USD", "USD/KGS"].map { text in
      Observation(
        pair: try #require(CurrencyPair(text)),
        rate: try #require(ExactDecimal("2.5").flatMap { Rate(printed: $0) }))
    }
    let decision = engine.decide(
      .fetched(
        source,
        .read(
          SourceReading(valueDate: EngineRun.start.day, observations: observations), bodyHash: "",
          validators: nil)),
      at: EngineRun.start)
    let expected = observations.flatMap { observation in
      let series = Series(source: source, pair: observation.pair, side: .mid)
      return rules.filter { $0.watches(series) }.map { "\($0.name) \(observation.pair)" }
    }
    #expect(expected.count == 13)
    #expect(
      decision.changeset.fired.map { "\($0.key.rule) \($0.key.series.pair)" }.sorted()
        == expected.sorted())
  }
}
