import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("Publishers' errors in simulation")
struct GuardWorldTests {
  /// The error of a wrong page.
  enum Slip: String, CaseIterable, Sendable {
    case inverted
    case shifted
    case dated
  }

  /// KGS, KZT and TJS against the dollar, a page a minute; `slip` turns one page in twelve wrong,
  /// never two in a row.
  private static func world(_ slip: Slip?, crashOneIn: Int = .max) throws -> World {
    let page = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(600),
      failsOneIn: .max)
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(120))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console")])
    var world = World(plan: plan, start: Fixture.start) { source, now in
      let outcome = page(source, now)
      guard let slip, now.milliseconds / 600_000 % 12 == 5,
        case .read(let reading, let hash, _) = outcome
      else { return outcome }
      return .read(wrong(reading, slip), bodyHash: "wrong \(hash)", validators: nil)
    }
    let chance = Chance(seed: 3)
    world.crashesNow = { _ in chance.oneIn(crashOneIn) }
    world.run(until: Fixture.start + .seconds(43_200))
    return world
  }

  private static func wrong(_ reading: SourceReading, _ slip: Slip) -> SourceReading {
    let observations = reading.observations.map { observation in
      let printed = observation.rate.printed
      let other: ExactDecimal? =
        switch slip {
        case .inverted: ExactDecimal(coefficient: 10_000_000_000 / printed.coefficient, scale: 5)
        case .shifted: printed.shifted(right: -3)
        case .dated: printed
        }
      let rate = other.flatMap { Rate(printed: $0) } ?? observation.rate
      return Observation(pair: observation.pair, rate: rate)
    }
    return SourceReading(
      valueDate: slip == .dated ? reading.valueDate?.advanced(by: 40) : reading.valueDate,
      observations: observations)
  }

  /// The alerts that fired, except those of wrong pages.
  private static func fired(_ world: World) -> [String] {
    world.store.fired.map { alert in
      "\(alert.key.series) \(alert.data.value["rate"]?.text ?? "") \(alert.data.value["value_date"]?.text ?? "")"
    }
  }

  @Test("a wrong rate never fires, and each wrong page is reported once", arguments: Slip.allCases)
  func keepsOut(slip: Slip) throws {
    let world = try Self.world(slip)
    let wrong = world.store.publications[SourceName("timesca")]?
      .filter { $0.bodyHash.hasPrefix("wrong") }.count
    let sent = world.store.events.filter { $0.notification.type == .sourceSuspect }
    #expect(wrong == 6)
    #expect(sent.count == 6)
    #expect(world.store.suspects.values.allSatisfy { $0.count == 6 })
    for alert in world.store.fired {
      let rate = try #require(alert.data.value["rate"]?.text.flatMap { ExactDecimal($0) })
      #expect(rate.coefficient < 10_000)
      #expect(rate.scale == 5)
    }
    #expect(Self.fired(world).count > 50)
  }

  @Test("a restart keeps the suspect rates", arguments: Slip.allCases)
  func survivesCrashes(slip: Slip) throws {
    let calm = try Self.world(slip)
    let stormy = try Self.world(slip, crashOneIn: 25)
    #expect(stormy.crashes > 20)
    #expect(Self.fired(stormy) == Self.fired(calm))
    func suspects(_ world: World) -> [Series: [Rate]] {
      world.store.suspects
    }
    #expect(suspects(stormy) == suspects(calm))
    #expect(
      stormy.store.events.filter { $0.notification.type == .sourceSuspect }.count == 6)
  }
}
