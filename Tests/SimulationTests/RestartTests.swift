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
}
