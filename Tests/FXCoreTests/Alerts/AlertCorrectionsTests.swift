import FXCore
import Testing

@Suite("Corrections of alerts")
struct AlertCorrectionsTests {
  private static let start = ComponentRun.start

  private static func run(_ condition: String) throws -> ComponentRun {
    var run = ComponentRun(rules: [Rule(name: "high", condition: try Condition(condition))])
    _ = run.publish(["USD/KGS 1.000"], of: start.day.advanced(by: -1))
    #expect(run.publish(["USD/KGS 1.100"]).flatMap(\.changeset.fired).count == 1)
    return run
  }

  @Test("record the rate with which an alert fired")
  func basis() throws {
    var run = ComponentRun(rules: [Rule(name: "high", condition: try Condition("rate > 1"))])
    let decisions = run.publish(["USD/KGS 1.100"])
    let fired = try #require(decisions.flatMap(\.changeset.fired).first)
    let bases = decisions.flatMap(\.changeset.alertBases.values)
    #expect(
      bases == [
        AlertBasis(
          alertID: fired.id, firedAt: Self.start, valueDate: Self.start.day, rate: "1.100")
      ])
  }

  @Test("report the new rate of a revised fixing, and whether the condition still holds")
  func revised() throws {
    var run = try Self.run("rate > 1.05")
    let key = AlertKey(
      rule: "high",
      series: Series(
        source: ComponentRun.source, pair: try #require(CurrencyPair("USD/KGS")), side: .mid))
    let id = try #require(run.tables.progress(of: key)?.firing?.alertID)
    let decisions = run.publish(["USD/KGS 1.120"], at: Self.start + .seconds(60))
    let events = decisions.flatMap(\.changeset.events)
    #expect(events.map(\.notification.type) == [.alertCorrection])
    let data = try #require(events.first?.notification.data)
    #expect(data["alert_id"] == .string(id))
    #expect(data["rate"] == .string("1.120"))
    #expect(data["corrects"]?["rate"] == .string("1.100"))
    #expect(data["holds"] == .bool(true))
    #expect(
      decisions.flatMap(\.changeset.alertBases.values).map(\.rate) == ["1.120"])
  }

  @Test("come before the end of a state alert that the revision resolves")
  func resolved() throws {
    var run = try Self.run("rate > 1.05")
    let events = run.publish(["USD/KGS 1.010"], at: Self.start + .seconds(60))
      .flatMap(\.changeset.events)
    #expect(events.map(\.notification.type) == [.alertCorrection, .alertResolved])
    #expect(events.first?.notification.data["holds"] == .bool(false))
  }

  @Test("replace the event of an event rule, which is not fired again")
  func event() throws {
    var run = try Self.run("abs(change) > 1%")
    let decisions = run.publish(["USD/KGS 1.120"], at: Self.start + .seconds(60))
    #expect(
      decisions.flatMap(\.changeset.events).map(\.notification.type) == [.alertCorrection])
    #expect(decisions.flatMap(\.changeset.fired) == [])
  }

  @Test("are not sent for the fixing of another day")
  func otherDay() throws {
    var run = try Self.run("rate > 1.05")
    let events = run.publish(
      ["USD/KGS 1.120"], of: Self.start.day.advanced(by: 3), at: Self.start + .seconds(3 * 86_400)
    ).flatMap(\.changeset.events)
    #expect(events == [])
  }
}
