import FXCore
import Testing

@Suite("The handler of fetches")
struct FetchHandlerTests {
  private static let start = ComponentRun.start

  private static func run(eventsPerPortion: Int = .max) throws -> ComponentRun {
    ComponentRun(
      rules: [Rule(name: "high", condition: try Condition("rate > 1"))],
      eventsPerPortion: eventsPerPortion)
  }

  @Test("publishes a new reading: its record, its observations, its alerts")
  func publication() throws {
    var run = try Self.run()
    let changeset = try #require(run.publish(["USD/KGS 87.45", "KGS/USD 0.0114"]).first).changeset
    #expect(changeset.publication?.number == 1)
    #expect(changeset.observations.map(\.series.description) == ["bank USD/KGS", "bank KGS/USD"])
    #expect(changeset.fired.map(\.key.series.description) == ["bank USD/KGS"])
    #expect(changeset.sources[ComponentRun.source]?.latestValueDate == Self.start.day)
  }

  @Test("stores nothing of a reading that equals the publication before, except that it was seen")
  func unchanged() throws {
    var run = try Self.run()
    _ = run.publish(["USD/KGS 87.45"])
    let now = Self.start + .seconds(3600)
    let changeset = try #require(run.publish(["USD/KGS 87.45"], at: now).first).changeset
    #expect(changeset.publication == nil)
    #expect(changeset.observations == [])
    #expect(changeset.seenAgain?.number == 1)
    #expect(changeset.seenAgain?.at == now)
  }

  @Test("records a failure with the source, and evaluates nothing")
  func failure() throws {
    var run = try Self.run()
    _ = run.publish(["USD/KGS 87.45"])
    let changeset = run.handle(.failed(because: "HTTP 503", retryAfter: nil)).changeset
    #expect(changeset.sources[ComponentRun.source]?.failures == 1)
    #expect(changeset.sources[ComponentRun.source]?.latestPublication == 1)
    #expect(changeset.events == [])
    #expect(changeset.alerts == [:])
  }

  @Test("takes in a large publication by portions with the same result as at once")
  func portions() throws {
    var (whole, parts) = (try Self.run(), try Self.run(eventsPerPortion: 2))
    let lines = ["USD/KGS 87.45", "EUR/KGS 95.1", "GBP/KGS 110.2", "RUB/KGS 0.98", "CNY/KGS 12.1"]
    let atOnce = try #require(whole.publish(lines).first).changeset
    let portions = parts.publish(lines).map(\.changeset)
    #expect(portions.map(\.events.count) == [2, 2])
    #expect(portions.flatMap(\.events) == atOnce.events)
    #expect(portions.flatMap(\.observations) == atOnce.observations)
    #expect(portions.flatMap(\.fired) == atOnce.fired)
    #expect(portions.map { $0.publication?.number } == [1, 1])
    #expect(portions.first?.sources[ComponentRun.source]?.unfinished?.lines == 2)
    #expect(
      portions.last?.sources[ComponentRun.source] == atOnce.sources[ComponentRun.source])
  }

  @Test("ignores new pairs beyond the limit of their source, and reports that once")
  func tooManySeries() throws {
    var run = ComponentRun(rules: [], maximumSeries: 3)
    func series(_ decisions: [DecisionBuilder]) -> [String] {
      decisions.flatMap { $0.changeset.observations.map(\.series.description) }
    }
    func notes(_ decisions: [DecisionBuilder]) -> [String?] {
      decisions.flatMap { $0.changeset.events.map { $0.notification.data["summary"]?.text } }
    }
    func time(_ hours: Int) -> Timestamp { Self.start + .seconds(3600 * hours) }
    let four = ["USD/KGS 87.45", "EUR/KGS 95.1", "GBP/KGS 110.2", "RUB/KGS 0.98", "CNY/KGS 12.1"]
    let first = run.publish(four)
    #expect(series(first) == ["bank USD/KGS", "bank EUR/KGS", "bank GBP/KGS"])
    #expect(
      notes(first) == [
        "bank: RUB/KGS: it and 1 other pair are ignored; the source has 3 series, as many as"
          + " max_series allows"
      ])
    // The same page again is no news, and one that moves has only the pairs that are known.
    #expect(run.publish(four, at: time(1)).allSatisfy { $0.changeset.publication == nil })
    let moved = run.publish(
      ["RUB/KGS 0.99", "USD/KGS 87.5", "GBP/KGS 110.2", "EUR/KGS 95.1"], at: time(2))
    #expect(series(moved) == ["bank USD/KGS"])
    #expect(notes(moved) == [])
    // A page that fits ends the excess, the next one is reported again.
    _ = run.publish(["USD/KGS 87.5", "GBP/KGS 110.2", "EUR/KGS 95.1"], at: time(3))
    #expect(notes(run.publish(four, at: time(4))).count == 1)
  }

  @Test("reports a suspect rate and a missing series, and evaluates neither")
  func suspects() throws {
    var run = try Self.run()
    _ = run.publish(["USD/KGS 87.45", "EUR/KGS 95.1"])
    let day = Self.start.day.advanced(by: 1)
    let decision = try #require(
      run.publish(["USD/KGS 0.08745"], of: day, at: Self.start + .seconds(86_400)).first)
    #expect(
      decision.changeset.events.map(\.notification.type) == [.sourceSuspect, .sourceVanished])
    #expect(decision.changeset.events.allSatisfy { $0.notification.data["count"] == .number("1") })
    #expect(decision.changeset.observations.map { $0.suspicion != nil } == [true])
    #expect(decision.changeset.resolved == [:])
  }
}
