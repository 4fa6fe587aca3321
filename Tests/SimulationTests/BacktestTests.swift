import FXCore
import Support
import Testing

@Suite("A back-test")
struct BacktestTests {
  /// One thing that happened to an alert.
  private struct Told: Hashable, Comparable, CustomStringConvertible {
    let at: Timestamp
    let key: AlertKey
    let isFiring: Bool

    static func < (left: Told, right: Told) -> Bool {
      (left.at, left.key, left.isFiring ? 1 : 0) < (right.at, right.key, right.isFiring ? 1 : 0)
    }

    var description: String { "\(at) \(key.rule) \(key.series) \(isFiring ? "fires" : "ends")" }
  }

  /// A plan with rules of every kind, and sources of either.
  private static func plan() throws -> Plan {
    var rules = [
      try Fixture.rule("move", "abs(change) > 1%"),
      try Fixture.rule("level", "rate > 0.0103"),
      try Fixture.rule("cross", "crosses(0.0103) or revised"),
      try Fixture.rule("old", "age > 7m"),
      try Fixture.rule("window", "rate >= max(1h) or zscore(2h) > 1"),
      try Fixture.rule("count", "rate < avg(5 publications) and change(3 publications) < 0%"),
      try Fixture.rule("apart", "abs(spread(bank)) > 2%"),
      try Fixture.rule("legs", "cross(KGS/KZT) > 0.5"),
      try Fixture.rule("held", "rate > 0.0102"),
      try Fixture.rule("patient", "rate > 0.0101"),
    ]
    rules[1].release = try Condition("rate < 0.0102")
    rules[6].sources = [SourceName("timesca")]
    rules[8].hold = .publications(2)
    rules[9].hold = .time(.seconds(1200))
    let fixing = PlannedSource(
      name: SourceName("fixing"), schedule: .interval(.seconds(1700)), dating: .fixing,
      host: "fixing.example")
    return Plan(
      sources: [
        Fixture.source("timesca", every: .seconds(60)), Fixture.source("bank", every: .seconds(90)),
        fixing,
      ], rules: rules, notifiers: [])
  }

  /// Two days lived through, with a page that leaves a pair out now and then.
  private static func world(_ seed: UInt64) throws -> World {
    let plan = try plan()
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(600),
      failsOneIn: 9)
    let bank = WanderingPage(
      seed: seed + 100, pairs: Fixture.pairs("KGS/USD", "KZT/USD"), step: .seconds(700),
      failsOneIn: 5)
    var world = World(plan: plan, start: Fixture.start) { source, now in
      let outcome = source.text == "bank" ? bank(source, now) : page(source, now)
      guard case .read(let reading, let hash, let validators) = outcome,
        now.milliseconds / 600_000 % 11 == 3
      else { return outcome }
      let rest = SourceReading(
        valueDate: reading.valueDate, observations: reading.observations.dropLast())
      return .read(rest, bodyHash: hash, validators: validators)
    }
    world.run(until: Fixture.start + .seconds(2 * 86_400))
    return world
  }

  @Test("of a period lived through is what happened, transition for transition", arguments: [1, 2])
  func isWhatHappened(seed: UInt64) throws {
    let world = try Self.world(seed)
    var lived: [Told] = []
    for alert in world.store.fired {
      lived.append(Told(at: alert.firedAt, key: alert.key, isFiring: true))
      if let end = world.store.resolved[alert.id] {
        lived.append(Told(at: end, key: alert.key, isFiring: false))
      }
    }
    var backtest = Backtest(plan: world.plan, zones: GreenwichZones(), countingFrom: nil)
    for past in world.store.past { backtest.take(past) }
    backtest.passTime(until: world.now)
    let tested = backtest.transitions.map { Told(at: $0.at, key: $0.key, isFiring: $0.isFiring) }
    #expect(tested.sorted() == lived.sorted())
    // Every rule had its say.
    #expect(Set(lived.map(\.key.rule)) == Set(world.plan.rules.map(\.name)))
    #expect(lived.count > 500)
  }

  @Test("tells what people would have been told")
  func sameWords() throws {
    let world = try Self.world(3)
    var backtest = Backtest(plan: world.plan, zones: GreenwichZones(), countingFrom: nil)
    for past in world.store.past { backtest.take(past) }
    let lived = world.store.fired.map { "\($0.firedAt) \($0.data["summary"]?.text ?? "")" }
    let tested = backtest.transitions.filter(\.isFiring).map {
      "\($0.at) \($0.data?["summary"]?.text ?? "")"
    }
    #expect(Set(tested).isSubset(of: Set(lived)))
    #expect(tested.count > 200)
  }
}
