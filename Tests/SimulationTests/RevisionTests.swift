import FXCore
import InMemoryStore
import StoreSuite
import Testing

@Suite("A revised fixing")
struct RevisionTests {
  /// A page of a bank: from an hour on, a day of June 2026 and a rate.
  private static func world(
    _ pages: [(hour: Int, day: Int, figure: String)], _ rules: [Rule], crashes: Bool = false
  ) -> World {
    let start = Timestamp(seconds: 1_780_272_000)
    let source = PlannedSource(
      name: SourceName("bank"), schedule: .interval(.seconds(600)), dating: .fixing,
      host: "bank.example")
    let plan = Plan(
      sources: [source], rules: rules, notifiers: [Fixture.notifier("console")])
    var world = World(plan: plan, start: start) { _, now in
      let hour = Int((now - start).milliseconds / 3_600_000)
      guard let page = pages.last(where: { $0.hour <= hour }), let pair = CurrencyPair("USD/KZT"),
        let rate = ExactDecimal(page.figure).flatMap({ Rate(printed: $0) })
      else { return .unchanged }
      return .read(
        SourceReading(
          valueDate: CalendarDay(year: 2026, month: 6, day: page.day),
          observations: [Observation(pair: pair, rate: rate)]),
        bodyHash: page.figure, validators: nil)
    }
    if crashes {
      let chance = Chance(seed: 2)
      world.crashesNow = { _ in chance.oneIn(12) }
    }
    world.run(until: start + .seconds(5 * 86_400))
    return world
  }

  /// `alert.firing 510.00`, in order; corrections with what they correct and whether it still holds.
  private static func sent(_ world: World) -> [String] {
    world.store.events.map { event in
      let data = event.notification.data
      let correction = data["corrects"].map { corrects in
        let holds = data["holds"].map { "\($0)" } ?? "-"
        return " for \(corrects["rate"]?.text ?? "-"), holds: \(holds)"
      }
      return "\(event.notification.type.rawValue) \(data["rate"]?.text ?? "-")\(correction ?? "")"
    }
  }

  @Test("corrects the alert based on it instead of firing again", arguments: [false, true])
  func corrects(crashes: Bool) throws {
    let world = Self.world(
      [(0, 1, "500.00"), (24, 2, "510.00"), (30, 2, "509.00"), (48, 3, "509.50")],
      [try Fixture.rule("big-move", "abs(change) > 1%")], crashes: crashes)
    #expect(
      Self.sent(world) == [
        "alert.firing 510.00", "alert.correction 509.00 for 510.00, holds: true",
      ])
    let events = world.store.events.map(\.notification)
    #expect(Set(events.map { $0["alert_id"] }).count == 1)
    #expect(
      events.last?["summary"]
        == "corrected: bank USD/KZT for 2026-06-02 is 509.00, not 510.00; the condition still holds"
    )
    #expect(world.store.fired.count == 1)
    #expect((world.crashes > 0) == crashes)
  }

  @Test("reports that the condition no longer holds, once for each revision")
  func noLongerHolds() throws {
    let world = Self.world(
      [
        (0, 1, "500.00"), (24, 2, "510.00"), (26, 2, "500.10"), (28, 2, "512.00"),
        (48, 3, "512.50"),
      ],
      [try Fixture.rule("big-move", "abs(change) > 1%")])
    #expect(
      Self.sent(world) == [
        "alert.firing 510.00", "alert.correction 500.10 for 510.00, holds: false",
        "alert.correction 512.00 for 500.10, holds: true",
      ])
  }

  @Test("resolves a state alert after correcting it")
  func resolves() throws {
    let world = Self.world(
      [(0, 1, "500.00"), (24, 2, "510.00"), (30, 2, "504.00"), (48, 3, "504.50")],
      [try Fixture.rule("high", "rate > 505")])
    #expect(
      Self.sent(world) == [
        "alert.firing 510.00", "alert.correction 504.00 for 510.00, holds: false",
        "alert.resolved 504.00",
      ])
  }

  @Test("fires rules that name revisions each time, without a correction")
  func revised() throws {
    let world = Self.world(
      [
        (0, 1, "500.00"), (24, 2, "510.00"), (26, 2, "509.00"), (28, 2, "508.00"),
        (48, 3, "508.50"),
      ],
      [try Fixture.rule("revised", "revised")])
    #expect(Self.sent(world) == ["alert.firing 509.00", "alert.firing 508.00"])
  }

  @Test("fires a rule that did not fire on the rate before")
  func firesAnew() throws {
    let world = Self.world(
      [(0, 1, "500.00"), (24, 2, "501.00"), (30, 2, "510.00"), (48, 3, "510.50")],
      [try Fixture.rule("big-move", "abs(change) > 1%")])
    #expect(Self.sent(world) == ["alert.firing 510.00"])
  }
}
