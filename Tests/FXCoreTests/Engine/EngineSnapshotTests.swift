import FXCore
import Testing

@Suite("A snapshot of the engine")
struct EngineSnapshotTests {
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

  @Test("counts each source once: a late one that fails as failing, one not read yet apart")
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
      engine.snapshot(at: EngineRun.start).description
        == "3 sources ok, 2 late, 1 failing, 1 not read yet; 0 alerts firing; 0 deliveries waiting")
  }

  @Test("lists the alerts that fire, with rule, severity and start")
  func firing() throws {
    var run = EngineRun(rules: [Rule(name: "high", condition: try Condition("rate > 0.1"))])
    run.publish("0.10563")
    #expect(
      run.engine.snapshot(at: run.now).description
        == "1 source ok, 0 late, 0 failing; 1 alert firing; 0 deliveries waiting")
    let alert = try #require(run.engine.snapshot(at: run.now).alerts.first)
    #expect(alert.key.rule == "high")
    #expect(alert.key.series.description == "timesca TJS/USD")
    #expect(alert.severity == .warning)
    #expect(alert.state == .firing)
    #expect(alert.since == EngineRun.start)
  }

  @Test("shows that an alert is acknowledged, and that it is silenced where it is both")
  func muted() throws {
    var run = EngineRun(rules: [Rule(name: "high", condition: try Condition("rate > 0.1"))])
    run.publish("0.10563")
    let id = try #require(run.engine.snapshot(at: run.now).alerts.first?.id)
    let acknowledgement = Acknowledgement(
      id: 1, alertID: id, author: "ops", reason: "known", created: run.now, until: nil, ended: nil)
    run.setSuppressions(Suppressions(acknowledgements: [acknowledgement]))
    #expect(run.engine.snapshot(at: run.now).alerts.map(\.state) == [.acknowledged])
    let silence = Silence(
      id: 1, matchers: [.rule(NamePattern("high"))], author: "ops", reason: "maintenance",
      created: run.now,
      until: run.now + .seconds(3600), ended: nil)
    run.setSuppressions(Suppressions(silences: [silence], acknowledgements: [acknowledgement]))
    #expect(run.engine.snapshot(at: run.now).alerts.map(\.state) == [.silenced])
    #expect(run.engine.snapshot(at: silence.until).alerts.map(\.state) == [.acknowledged])
  }

  @Test("shows why a source fails, since when, and its next poll")
  func failingSource() throws {
    var run = EngineRun(rules: [], schedule: .interval(.seconds(3600)))
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.fetch(.failed(because: "the server answered HTTP 503", retryAfter: nil))
    let snapshot = run.engine.snapshot(at: run.now)
    let source = try #require(snapshot.sources.first)
    #expect(source.state == .failing)
    #expect(source.failures == 1)
    #expect(source.failingSince == run.now)
    #expect(source.failureReason == "the server answered HTTP 503")
    #expect(source.lastSuccess == EngineRun.start)
    #expect(source.latestValueDate == EngineRun.start.day)
    #expect(source.nextPoll.map { $0 > run.now } == true)
    #expect(source.seriesCount == 1)
    #expect(snapshot.seriesCount == 1)
  }

  @Test("lists notifiers in the order of the config with the reason and start of a failure")
  func notifiers() throws {
    let start = EngineRun.start
    let engine = Engine(
      plan: Plan(
        sources: [], rules: [],
        notifiers: ["ops", "chat", "mail"].map { PlannedNotifier(name: $0, fingerprint: $0) }),
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
        outbox: [],
        disabled: [
          "chat": DisabledNotifier(fingerprint: "chat", since: start, reason: "HTTP 410")
        ], failing: ["mail": start]),
      zones: TestZones(), now: start)
    let notifiers = engine.snapshot(at: start).notifiers
    #expect(notifiers.map(\.name) == ["ops", "chat", "mail"])
    #expect(notifiers.map(\.state) == [.ok, .disabled, .failing])
    #expect(notifiers.map(\.since) == [nil, start, start])
    #expect(notifiers.map(\.reason) == [nil, "HTTP 410", nil])
  }

  @Test(
    "The engine keeps no more rates in memory than its rules look back on",
    arguments: [true, false])
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
      run.fetch(.read(reading, bodyHash: "\(number)", validators: nil))
      most = max(most, run.engine.snapshot(at: run.now).pointCount)
      run.pass(.seconds(3600))
    }
    // A day has 24 of them, and they go by the quarter.
    #expect(most < 80)
    #expect(run.engine.snapshot(at: run.now).pointCount > 20)
  }
}
