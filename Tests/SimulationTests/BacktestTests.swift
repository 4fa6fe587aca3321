import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A back-test")
struct BacktestTests {
  /// One transition of an alert.
  private struct Told: Hashable, Comparable, CustomStringConvertible {
    let at: Timestamp
    let key: AlertKey
    let isFiring: Bool

    static func < (left: Told, right: Told) -> Bool {
      (left.at, left.key, left.isFiring ? 1 : 0) < (right.at, right.key, right.isFiring ? 1 : 0)
    }

    var description: String { "\(at) \(key.rule) \(key.series) \(isFiring ? "fires" : "ends")" }
  }

  /// A plan with rules and sources of every kind.
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
      try Fixture.rule("trailing", "rate < max(since armed) * 0.98"),
      try Fixture.rule("grid", "abs(change(since armed)) > 1%"),
      try Fixture.rule("gain", "rate > 0.0102"),
      try Fixture.rule("several", "abs(change) > 0.5%"),
      try Fixture.rule("together", "rate >= at(30m)"),
    ]
    rules[1].release = try Condition("rate < 0.0102")
    rules[6].sources = [SourceName("timesca")]
    rules[8].hold = .publications(2)
    rules[9].hold = .time(.seconds(1200))
    rules[11].forcedKind = .event
    rules[12].release = try Condition("rate < max(since fired) * 0.99")
    rules[13].group = .atLeast(2)
    rules[14].group = .all
    let fixing = PlannedSource(
      name: SourceName("fixing"), schedule: .interval(.seconds(1700)), dating: .fixing,
      host: "fixing.example")
    return Plan(
      sources: [
        Fixture.source("timesca", every: .seconds(60)), Fixture.source("bank", every: .seconds(90)),
        fixing,
      ], rules: rules, notifiers: [])
  }

  /// Two simulated days with a page that leaves a pair out now and then.
  private static func world(
    _ seed: UInt64, eventsPerPortion: Int = .max, fails: Bool = true
  ) throws -> World {
    let plan = try plan()
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(600),
      failsOneIn: fails ? 9 : .max)
    let bank = WanderingPage(
      seed: seed + 100, pairs: Fixture.pairs("KGS/USD", "KZT/USD"), step: .seconds(700),
      failsOneIn: fails ? 5 : .max)
    let world = World(plan: plan, start: Fixture.start, eventsPerPortion: eventsPerPortion) {
      source, now in
      let outcome = source.text == "bank" ? bank(source, now) : page(source, now)
      guard case .read(let reading, let hash, let validators) = outcome,
        now.milliseconds / 600_000 % 11 == 3
      else { return outcome }
      let rest = SourceReading(
        valueDate: reading.valueDate, observations: reading.observations.dropLast())
      return .read(rest, bodyHash: hash, validators: validators)
    }
    return world
  }

  /// The same world, after its run.
  private static func days(_ seed: UInt64) throws -> World {
    var world = try world(seed)
    world.run(until: Fixture.start + .seconds(2 * 86_400))
    return world
  }

  @Test("of a simulated period has the same transitions as the simulation", arguments: [1, 2])
  func isWhatHappened(seed: UInt64) throws {
    let world = try Self.days(seed)
    let lived = Self.lived(world)
    #expect(Self.tested(world).sorted() == lived.sorted())
    // Every rule fired.
    #expect(Set(lived.map(\.key.rule)) == Set(world.plan.rules.map(\.name)))
    #expect(lived.count > 500)
  }

  /// The transitions in a world's store.
  private static func lived(_ world: World) -> [Told] {
    world.store.fired.flatMap { alert in
      [Told(at: alert.firedAt, key: alert.key, isFiring: true)]
        + (world.store.resolved[alert.id].map { [Told(at: $0, key: alert.key, isFiring: false)] }
          ?? [])
    }
  }

  /// The transitions of a back-test of its publications.
  private static func tested(_ world: World) -> [Told] {
    var backtest = Backtest(plan: world.plan, zones: GreenwichZones(), countingFrom: nil)
    for past in world.store.past { backtest.append(past) }
    backtest.passTime(until: world.now)
    return backtest.transitions.map { Told(at: $0.at, key: $0.key, isFiring: $0.isFiring) }
  }

  @Test(
    "is that also over crashes and reloads, but for the moments of being away",
    arguments: [4, 5], [1, Int.max])
  func crashes(seed: UInt64, eventsPerPortion: Int) throws {
    // The rest of a page after a crash is handled with the next response.
    var world = try Self.world(
      seed, eventsPerPortion: eventsPerPortion, fails: eventsPerPortion == .max)
    let chance = Chance(seed: seed)
    world.crashesNow = { _ in chance.oneIn(60) }
    for hour in 1...48 {
      world.run(until: Fixture.start + .seconds(3600 * hour))
      world.reload()
    }
    #expect(world.crashes > 50)
    let lived = Dictionary(grouping: Self.lived(world).sorted(), by: \.key)
    let tested = Dictionary(grouping: Self.tested(world).sorted(), by: \.key)
    #expect(Set(lived.keys) == Set(tested.keys))
    for (key, sent) in lived {
      // A back-test takes the lines that a crash left out for repeated ones, so that the day of a fixing
      // may begin earlier in its windows than it did.
      // A rule on several pairs is not evaluated on a publication that a crash left incomplete.
      if eventsPerPortion == 1, ["window", "several"].contains(key.rule),
        key.series.source.text == "fixing"
      {
        continue
      }
      let other = tested[key] ?? []
      #expect(sent.map(\.isFiring) == other.map(\.isFiring), "\(key)")
      // An alarm that is due while the process is down is handled after its restart.
      for (one, two) in zip(sent, other) {
        #expect(max(one.at - two.at, two.at - one.at) <= .seconds(2), "\(one) and \(two)")
      }
    }
  }

  @Test("uses the last correction of every fixing on request")
  func asFinal() throws {
    let pair = try #require(CurrencyPair("EUR/USD"))
    let bank = SourceName("bank")
    func past(_ number: Int64, of day: Int, _ rate: String?) -> PastPublication {
      PastPublication(
        Publication(
          number: number, source: bank, valueDate: CalendarDay(daysSinceEpoch: 20_000 + day),
          firstSeen: Fixture.start + .seconds(86_400 * day + Int(number)),
          lastSeen: Fixture.start + .seconds(86_400 * day + Int(number)), bodyHash: "",
          headlines: []),
        [
          .init(
            pair: pair, side: .mid,
            rate: rate.flatMap { ExactDecimal($0) }.flatMap { Rate(printed: $0) },
            publishedChange: nil)
        ])
    }
    let known = [
      past(1, of: 0, "1.1000"), past(2, of: 1, "1.2000"), past(3, of: 1, "1.1010"),
      past(4, of: 2, "1.1020"), past(5, of: 3, nil),
    ]
    func rates(_ past: [PastPublication]) -> [String] {
      past.map { $0.observations[0].rate?.printed.description ?? "gone" }
    }
    #expect(
      rates(known.asFinal(fixings: [bank])) == ["1.1000", "1.1010", "1.1010", "1.1020", "gone"])
    #expect(rates(known.asFinal(fixings: [])) == rates(known))
    let source = PlannedSource(
      name: bank, schedule: .interval(.seconds(900)), dating: .fixing, host: "bank.example")
    let plan = Plan(
      sources: [source], rules: [try Fixture.rule("move", "abs(change) > 1%")], notifiers: [])
    func fires(_ past: [PastPublication]) -> Int {
      var backtest = Backtest(plan: plan, zones: GreenwichZones(), countingFrom: nil)
      for publication in past { backtest.append(publication) }
      return backtest.transitions.count
    }
    #expect(fires(known) == 1)
    #expect(fires(known.asFinal(fixings: [bank])) == 0)
  }

  @Test("returns the notifications that would have been sent")
  func sameWords() throws {
    let world = try Self.days(3)
    var backtest = Backtest(plan: world.plan, zones: GreenwichZones(), countingFrom: nil)
    for past in world.store.past { backtest.append(past) }
    let lived = world.store.fired.map { "\($0.firedAt) \($0.data.value["summary"]?.text ?? "")" }
    let tested = backtest.transitions.filter(\.isFiring).map {
      "\($0.at) \($0.data?.value["summary"]?.text ?? "")"
    }
    #expect(Set(tested).isSubset(of: Set(lived)))
    #expect(tested.count > 200)
  }

  @Test("lists alerts that begin to flap at one moment in the order of their series")
  func flapsInOrder() throws {
    let bank = SourceName("bank")
    let pairs = try ["AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "GBP", "HUF", "JPY", "NOK"].map {
      try #require(CurrencyPair("\($0)/USD"))
    }
    let rules = try [Fixture.rule("above", "rate > 1"), Fixture.rule("below", "rate < 1")]
    let plan = Plan(
      sources: [Fixture.source("bank", every: .seconds(60))], rules: rules, notifiers: [])
    var backtest = Backtest(plan: plan, zones: GreenwichZones(), countingFrom: nil)
    for number in 1...8 {
      let instant = Fixture.start + .seconds(86_400 * number)
      let printed = number.isMultiple(of: 2) ? "1.01" : "0.99"
      let rate = try #require(ExactDecimal(printed).flatMap { Rate(printed: $0) })
      backtest.append(
        PastPublication(
          Publication(
            number: Int64(number), source: bank, valueDate: nil, firstSeen: instant,
            lastSeen: instant, bodyHash: "", headlines: []),
          pairs.map { .init(pair: $0, side: .mid, rate: rate, publishedChange: nil) }))
    }
    let flaps = backtest.flaps.map(\.key)
    #expect(
      flaps
        == ["below", "above"].flatMap { rule in
          pairs.map { AlertKey(rule: rule, series: Series(source: bank, pair: $0, side: .mid)) }
        })
  }
}
