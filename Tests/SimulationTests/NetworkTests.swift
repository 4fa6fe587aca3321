import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A network failure")
struct NetworkTests {
  private static let cut = Fixture.start + .seconds(7200)..<Fixture.start + .seconds(21_600)

  private static func world(
    sources: Int, crashOneIn: Int = .max,
    unreachable: @escaping @Sendable (SourceName, Timestamp) -> Bool
  ) -> World {
    let names = (1...sources).map { "bank\($0)" }
    let plan = Plan(
      sources: names.map { Fixture.source($0, every: .seconds(900)) }, rules: [],
      notifiers: [Fixture.notifier("console")])
    let page = WanderingPage(
      seed: 5, pairs: Fixture.pairs("KGS/USD"), step: .seconds(600), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start) { source, now in
      unreachable(source, now)
        ? .unreachable(because: "no address is known for \(source).example") : page(source, now)
    }
    let chance = Chance(seed: 11)
    world.crashesNow = { _ in chance.oneIn(crashOneIn) }
    world.run(until: Fixture.start + .seconds(43_200))
    return world
  }

  /// `source.down network`, in order.
  private static func sent(_ world: World) -> [String] {
    world.store.events.map { event in
      "\(event.notification.type.rawValue) \(event.notification["source"] ?? "-")"
    }
  }

  @Test(
    "is reported by one event, and its end by another, for any number of sources",
    arguments: [
      (2, Int.max), (20, .max), (20, 200),
    ])
  func cutLine(sources: Int, crashOneIn: Int) {
    let world = Self.world(sources: sources, crashOneIn: crashOneIn) { _, now in
      Self.cut.contains(now)
    }
    #expect(Self.sent(world) == ["source.down network", "source.recovered network"])
    #expect(
      world.store.events.map { $0.notification["summary"] ?? "" }.map { String($0.prefix(29)) }
        == ["no source can be reached; las", "sources can be reached again"])
  }

  @Test("one unreachable source is reported by its name")
  func oneHost() {
    let world = Self.world(sources: 5) { source, now in
      Self.cut.contains(now) && source == SourceName("bank3")
    }
    #expect(Self.sent(world) == ["source.down bank3", "source.recovered bank3"])
  }

  @Test("a source that is still unreachable when the others are back is then reported by its name")
  func oneStaysAway() {
    let world = Self.world(sources: 5) { source, now in
      Self.cut.contains(now) || (now >= Self.cut.lowerBound && source == SourceName("bank3"))
    }
    #expect(
      Self.sent(world) == ["source.down network", "source.recovered network", "source.down bank3"])
  }
}
