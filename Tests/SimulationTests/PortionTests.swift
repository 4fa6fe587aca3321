import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A page handled in portions")
struct PortionTests {
  /// A page of eight pairs and a fixing that is revised, with rules that read other
  /// lines and other sources; some currencies leave the page now and then.
  private static func world(_ seed: UInt64, eventsPerPortion: Int) throws -> World {
    var rules = [
      try Fixture.rule("move", "abs(change) > 1%"), try Fixture.rule("level", "rate > 0.0303"),
      try Fixture.rule("legs", "cross(KGS/KZT) > 0.5"),
      try Fixture.rule("apart", "abs(spread(fixing)) > 1%"),
      try Fixture.rule("window", "rate >= max(1h)"), try Fixture.rule("patient", "rate > 0.0201"),
      try Fixture.rule("revised", "revised"),
    ]
    rules[3].sources = [SourceName("timesca")]
    rules[5].hold = .publications(2)
    let pairs = Fixture.pairs(
      "KGS/USD", "KZT/USD", "TJS/USD", "UZS/USD", "TMT/USD", "AZN/USD", "GEL/USD", "AMD/USD")
    let plan = Plan(
      sources: [
        Fixture.source("timesca", every: .seconds(60)),
        PlannedSource(
          name: SourceName("fixing"), schedule: .interval(.seconds(700)), dating: .fixing,
          host: "fixing.example"),
      ], rules: rules, notifiers: [Fixture.notifier("ops")])
    let page = WanderingPage(seed: seed, pairs: pairs, step: .seconds(600), failsOneIn: 9)
    return World(plan: plan, start: Fixture.start, eventsPerPortion: eventsPerPortion) {
      source, now in
      guard case .read(let reading, let hash, let validators) = page(source, now),
        now.milliseconds / 600_000 % 7 == 3
      else { return page(source, now) }
      let rest = SourceReading(
        valueDate: reading.valueDate, observations: reading.observations.dropLast(2))
      return .read(rest, bodyHash: hash, validators: validators)
    }
  }

  @Test(
    "leads by portions to what it leads to at once, down to the identifiers",
    arguments: [1, 2, 3], [1, 2, 5])
  func isTheSame(seed: UInt64, eventsPerPortion: Int) throws {
    var whole = try Self.world(seed, eventsPerPortion: .max)
    var parts = try Self.world(seed, eventsPerPortion: eventsPerPortion)
    whole.run(until: Fixture.start + .seconds(21_600))
    parts.run(until: Fixture.start + .seconds(21_600))
    #expect(whole.portions == 0)
    #expect(parts.portions > 25)
    #expect(parts.store.events == whole.store.events)
    #expect(parts.store.fired == whole.store.fired)
    #expect(parts.store.resolved == whole.store.resolved)
    #expect(parts.store.alerts == whole.store.alerts)
    #expect(parts.store.bases == whole.store.bases)
    #expect(parts.store.points == whole.store.points)
    #expect(parts.store.unlisted == whole.store.unlisted)
    #expect(parts.store.publications == whole.store.publications)
    #expect(parts.store.sources == whole.store.sources)
    #expect(Set(whole.store.fired.map(\.key.rule)) == Set(whole.plan.rules.map(\.name)))
  }

  @Test("is one publication, after whichever portion a crash happens", arguments: [1, 2, 3])
  func crashes(seed: UInt64) throws {
    let calm = try Self.lived(seed, crashOneIn: .max)
    let world = try Self.lived(seed, crashOneIn: 10)
    #expect(world.crashesWithinPages > 20)
    #expect(Self.publications(world) == Self.publications(calm))
    #expect(Self.sent(world) == Self.sent(calm))
    #expect(Self.sent(calm).count > 80)
    #expect(world.store.sources.values.allSatisfy { $0.unfinished == nil })
  }

  /// Half a day of a page that changes every ten minutes, handled in the smallest
  /// portions, with rules that do not depend on the second of the poll.
  private static func lived(_ seed: UInt64, crashOneIn: Int) throws -> World {
    var rules = [
      try Fixture.rule("move", "abs(change) > 1%"), try Fixture.rule("level", "rate > 0.0303"),
      try Fixture.rule("legs", "cross(KGS/KZT) > 0.5"), try Fixture.rule("held", "rate > 0.0201"),
    ]
    rules[3].hold = .publications(2)
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD", "UZS/USD", "TMT/USD"),
      step: .seconds(600), failsOneIn: .max)
    var world = World(
      plan: Plan(
        sources: [Fixture.source("timesca", every: .seconds(60))], rules: rules, notifiers: []),
      start: Fixture.start, eventsPerPortion: 1, page: page.callAsFunction)
    let chance = Chance(seed: seed)
    world.crashesNow = { _ in chance.oneIn(crashOneIn) }
    world.run(until: Fixture.start + .seconds(43_200))
    return world
  }

  private static func publications(_ world: World) -> [String] {
    world.store.past.map { past in
      let lines = past.observations.map { "\($0.pair) \($0.rate?.perUnitText ?? "gone")" }.sorted()
      return "\(past.publication.number) \(past.publication.bodyHash) \(lines)"
    }
  }

  private static func sent(_ world: World) -> [String] {
    world.store.fired.map { "\($0.key.rule) \($0.key.series) \($0.data.value["rate"]?.text ?? "")" }
      .sorted()
  }

  @Test(
    "that a crash or a reload left over is asked for at once, and whole", arguments: [false, true])
  func isAskedForAgain(isReload: Bool) throws {
    var hand = try Hand()
    hand.take(.started)
    hand.show(0, day: 1)
    hand.now = hand.now + .seconds(8000)
    #expect(hand.take(.woke).fetches.map(\.source) == [Hand.bank])
    #expect(hand.show(1, day: 2).unfinished == Hand.bank)
    #expect(
      hand.store.sources[Hand.bank]?.unfinished
        == .init(
          bodyHash: "1", valueDate: Hand.day(2), firstSeen: hand.now, lines: 1))
    hand.restart(continuing: isReload)
    #expect(
      hand.take(.started).fetches
        == [.init(source: Hand.bank, validators: nil, newestDay: Hand.day(1))])
  }

  @Test("is polled at its next slot after its last portion, also when the clock was set")
  func isAskedForInTime() throws {
    var hand = try Hand()
    hand.take(.started)
    hand.show(0, day: 1)
    let due = try #require(hand.store.sources[Hand.bank]?.due)
    hand.show(1, day: 2)
    hand.take(.clockStepped(by: .seconds(3600)))
    #expect(hand.take(.continued(Hand.bank)).unfinished == Hand.bank)
    let commands = hand.take(.continued(Hand.bank))
    #expect(commands.unfinished == nil)
    #expect(commands.wake == due + .seconds(3600))
    #expect(hand.store.sources[Hand.bank]?.validators?.etag == "1")
  }

  @Test("affects no other day of the same body, and no other body")
  func anotherPage() throws {
    for (hash, day) in [("1", 3), ("other", 2)] {
      var hand = try Hand()
      hand.take(.started)
      hand.show(0, day: 1)
      hand.show(1, day: 2)
      hand.restart(continuing: false)
      hand.take(.started)
      hand.showAll(2, day: day, hash: hash)
      #expect(hand.store.publications[Hand.bank]?.map(\.number) == [1, 2, 3])
      #expect(hand.store.past.map(\.observations.count) == [3, 1, 3])
      #expect(hand.store.sources[Hand.bank]?.unfinished == nil)
      #expect(hand.store.fired.count == 4)
    }
  }

  @Test("has one first-seen time, and an alert fires when its line is evaluated")
  func moments() throws {
    var hand = try Hand()
    hand.take(.started)
    hand.show(0, day: 1)
    let seen = hand.now
    hand.show(1, day: 2)
    hand.restart(continuing: false)
    hand.now = hand.now + .seconds(60)
    hand.take(.started)
    hand.showAll(1, day: 2)
    #expect(hand.store.points.values.allSatisfy { $0.map(\.firstSeen) == [seen, seen] })
    #expect(hand.store.publications[Hand.bank]?.map(\.firstSeen) == [seen, seen])
    #expect(hand.store.fired.map(\.firedAt) == [seen, hand.now, hand.now])
  }

  @Test("is continued after a crash if its other lines are unchanged")
  func quietRest() throws {
    var rule = try Fixture.rule("stays", "rate > 0.01")
    rule.hold = .publications(2)
    var hand = try Hand(rule)
    hand.take(.started)
    hand.show(0, day: 1)
    hand.show(1, day: 1, moving: 1)
    #expect(hand.store.sources[Hand.bank]?.unfinished?.lines == 1)
    hand.restart(continuing: false)
    hand.take(.started)
    hand.showAll(1, day: 1, moving: 1)
    #expect(hand.store.past.map(\.observations.count) == [3, 1])
    #expect(
      hand.store.fired.map { "\($0.key.rule) \($0.key.series.pair)" }
        == ["move KGS/USD", "stays KGS/USD", "stays KZT/USD", "stays TJS/USD"])
  }

  @Test("handles delivery results between two portions and continues; its source is not polled")
  func hearsDeliveries() throws {
    var hand = try Hand()
    hand.take(.started)
    hand.show(0, day: 1)
    hand.now = hand.now + .seconds(8000)
    hand.take(.woke)
    let lease = try #require(hand.show(1, day: 2).leases.first)
    #expect(lease.entries.map(\.orderingKey) == ["bank KGS/USD"])
    hand.now = hand.now + .seconds(8000)
    let commands = hand.take(
      .delivered(
        notifier: "ops",
        reports: [.init(sequence: lease.entries[0].sequence, outcome: .delivered(detail: "ok"))],
        isLast: true))
    #expect(commands.unfinished == Hand.bank)
    #expect(commands.fetches == [])
    #expect(
      hand.take(.continued(Hand.bank)).leases.map { $0.entries.map(\.orderingKey) } == [
        ["bank KZT/USD"]
      ])
  }
}

/// One source and its engine, step by step: three pairs, an alert of each, one to a portion.
private struct Hand {
  static let bank = SourceName("bank")

  private let plan: Plan
  private(set) var store = StoreModel()
  private(set) var engine: Engine
  var now = Fixture.start

  init(_ rules: Rule...) throws {
    plan = Plan(
      sources: [Fixture.source("bank", every: .seconds(7200))],
      rules: [try Fixture.rule("move", "abs(change) > 1%")] + rules,
      notifiers: [Fixture.notifier("ops")])
    engine = Engine(
      plan: plan, stored: store.stored, zones: GreenwichZones(), now: now, eventsPerPortion: 1)
  }

  static func day(_ number: Int) -> CalendarDay { Fixture.start.day.advanced(by: number - 5) }

  @discardableResult
  mutating func take(_ event: Event) -> Commands {
    let decision = engine.decide(event, at: now)
    do throws(StoreProblem) { try store.apply(decision.changeset) } catch { Issue.record(error) }
    return engine.absorb(decision, at: now)
  }

  /// The page after that many moves of 2 % of all pairs, or of the first ones.
  @discardableResult
  mutating func show(
    _ moves: Int64, day: Int, hash: String? = nil, moving count: Int = 3
  ) -> Commands {
    let pairs = Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD")
    let observations = zip(pairs, [1150, 2150, 9150] as [Int64]).enumerated()
      .compactMap { index, line in
        let figure = line.1 * (50 + (index < count ? moves : 0))
        return ExactDecimal(coefficient: figure, scale: 6).flatMap { Rate(printed: $0) }
          .map { Observation(pair: line.0, rate: $0) }
      }
    return take(
      .fetched(
        Self.bank,
        .read(
          SourceReading(valueDate: Self.day(day), observations: observations),
          bodyHash: hash ?? "\(moves)",
          validators: .init(url: "https://bank.example/", etag: "\(moves)", lastModified: nil))))
  }

  /// The same page, handled as a whole.
  mutating func showAll(_ moves: Int64, day: Int, hash: String? = nil, moving count: Int = 3) {
    var commands = show(moves, day: day, hash: hash, moving: count)
    while let source = commands.unfinished { commands = take(.continued(source)) }
  }

  /// A new engine restored from the store, after a crash or a reload.
  mutating func restart(continuing: Bool) {
    engine = Engine(
      plan: plan, stored: store.stored, zones: GreenwichZones(), now: now,
      continuing: continuing ? engine : nil, eventsPerPortion: 1)
  }
}
