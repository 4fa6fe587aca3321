import FXCore
import InMemoryStore
import StoreSuite
import Testing

@Suite("A restart")
struct RestartTests {
  @Test("does not repeat an event that was confirmed by several publications")
  func confirmedEvent() throws {
    var rule = try Fixture.rule("rising", "change > 0%")
    rule.hold = .publications(2)
    let pair = try #require(CurrencyPair("USD/KZT"))
    var world = World(
      plan: Plan(
        sources: [Fixture.source("bank", every: .seconds(600))], rules: [rule],
        notifiers: [Fixture.notifier("console")]), start: Fixture.start
    ) { _, now in
      let hour = min(2, (now - Fixture.start).milliseconds / 3_600_000)
      guard
        let rate = ExactDecimal(coefficient: 500 + 5 * hour, scale: 0).flatMap({ Rate(printed: $0) }
        )
      else { return .unchanged }
      return .read(
        SourceReading(
          valueDate: now.day, observations: [Observation(pair: pair, rate: rate)]),
        bodyHash: "\(hour)", validators: nil)
    }
    world.run(until: Fixture.start + .seconds(9000))
    #expect(world.store.fired.count == 1)
    world.restart()
    world.run(until: Fixture.start + .seconds(20_000))
    #expect(world.store.fired.count == 1)
  }

  @Test(
    "polls at once what was due meanwhile, however the last poll ended, and nothing else",
    arguments: [
      (every: 10, failsOneIn: .max), (every: 10, failsOneIn: 2), (every: 600, failsOneIn: 2),
    ])
  func pollsWhatIsDue(every: Int, failsOneIn: Int) throws {
    let name = SourceName("bank")
    let plan = Plan(
      sources: [Fixture.source("bank", every: .seconds(Int64(every)))],
      rules: [try Fixture.rule("move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console")])
    let page = WanderingPage(
      seed: 5, pairs: Fixture.pairs("KGS/USD"), step: .seconds(600), failsOneIn: failsOneIn)
    var world = World(plan: plan, start: Fixture.start) { page($0, $1) }
    var (due, notDue) = (0, 0)
    for round in 1...200 {
      world.run(
        until: Fixture.start + .seconds(Int64(1000 * round)) + .milliseconds(Int64(37 * round)))
      let next = try #require(world.store.sources[name]?.due)
      // A takeover follows the last commit by seven seconds.
      let now = world.now + .seconds(7)
      var engine = Engine(
        plan: plan, stored: world.store.stored, zones: GreenwichZones(), now: now)
      let commands = engine.absorb(engine.decide(.started, at: now), at: now)
      #expect(commands.fetches.map(\.source) == (next <= now ? [name] : []))
      if next <= now { due += 1 } else { notDue += 1 }
      #expect(next <= now || commands.wake.map { $0 <= next } == true)
    }
    #expect(due > 0)
    #expect(every == 10 || notDue > 0)
  }
}
