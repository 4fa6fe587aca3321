import FXCore
import Testing

@Suite("How things stand")
struct EngineSummaryTests {
  /// An engine over sources of which that much is known.
  private func engine(_ states: [String: SourceState]) -> Engine {
    Engine(
      plan: Plan(
        sources: states.keys.sorted().map {
          PlannedSource(
            name: SourceName($0), schedule: .interval(.seconds(3600)), dating: .pageDay,
            host: "bank.example")
        },
        rules: [], notifiers: []),
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0,
        sources: Dictionary(uniqueKeysWithValues: states.map { (SourceName($0), $1) }),
        series: [], alerts: [:], outbox: []),
      zones: TestZones(), now: EngineRun.start)
  }

  @Test("counts each source once, and a late one that fails as failing")
  func sources() {
    var good = SourceState()
    good.lastSuccess = EngineRun.start
    var late = good
    late.staleSince = EngineRun.start
    var failing = late
    failing.failures = 1
    let engine = engine([
      "a": good, "b": late, "c": late, "d": failing, "e": SourceState(), "f": good, "g": good,
    ])
    #expect(
      engine.summary(at: EngineRun.start).description
        == "3 sources ok, 2 late, 2 failing; 0 alerts firing; 0 deliveries waiting")
  }

  @Test("counts the alerts that fire")
  func firing() throws {
    var run = EngineRun(rules: [Rule(name: "high", condition: try Condition("rate > 0.1"))])
    run.publish("0.10563")
    #expect(
      run.engine.summary(at: run.now).description
        == "1 source ok, 0 late, 0 failing; 1 alert firing; 0 deliveries waiting")
  }

  @Test("remembers no more figures than its rules look back on", arguments: [true, false])
  func remembered(hasDays: Bool) throws {
    var run = EngineRun(
      rules: [Rule(name: "high", condition: try Condition("rate > max(20 publications)"))])
    let pair = try #require(CurrencyPair("TJS/USD"))
    var most = 0
    for number in 0..<500 {
      let printed = try #require(ExactDecimal(coefficient: 10_500 + Int64(number % 7), scale: 5))
      let reading = SourceReading(
        valueDate: hasDays ? run.now.day : nil,
        observations: [Observation(pair: pair, rate: try #require(Rate(printed: printed)))])
      run.ask(.read(reading, bodyHash: "\(number)", validators: nil))
      most = max(most, run.engine.rememberedFigures)
      run.pass(.seconds(3600))
    }
    // A day has 24 of them, and they go by the quarter.
    #expect(most < 80)
    #expect(run.engine.rememberedFigures > 20)
  }
}
