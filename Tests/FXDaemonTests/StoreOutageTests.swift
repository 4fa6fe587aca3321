import FXCore
import FXDaemon
import FXSystem
import Testing

@Suite("A store outage")
struct StoreOutageTests {
  private static let start = Timestamp(seconds: 1_771_578_000)
  private static let source = SourceName("timesca")

  private func outage() -> StoreOutage {
    let plan = Plan(
      sources: [
        PlannedSource(
          name: Self.source, schedule: .interval(.seconds(60)), dating: .pageDay,
          host: "timesca.example")
      ], rules: [], notifiers: [])
    let stored = StoredState(
      installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
      outbox: [])
    return StoreOutage(
      from: Engine(plan: plan, stored: stored, zones: SystemZones(), now: Self.start),
      localNotifiers: ["console"], problem: StoreProblem(.temporary, "the disk is full"))
  }

  @Test("keeps every event, oldest first, and reports since when they wait")
  func steps() {
    var outage = outage()
    #expect(outage.failure == .init(since: nil, waitingCount: 0, reason: "the disk is full"))
    _ = outage.handle(.started, at: Self.start)
    let woke = outage.handle(.woke, at: Self.start + .seconds(60)).commands
    #expect(outage.steps.map(\.event) == [.started, .woke])
    #expect(outage.failure.since == Self.start)
    #expect(outage.failure.waitingCount == 2)
    // The poll was made during the outage.
    #expect(!woke.fetches.isEmpty)
    let remaining = outage.removeFirst(woke)
    #expect(remaining.fetches.isEmpty)
    #expect(outage.failure.since == Self.start + .seconds(60))
  }

  @Test("goes on polling after a part of it is committed")
  func partlyCommitted() throws {
    var outage = outage()
    let polling = outage.handle(.woke, at: Self.start + .seconds(60)).commands
    #expect(!polling.fetches.isEmpty)
    #expect(polling.wake == nil)
    let ended = outage.handle(.fetched(Self.source, .unchanged), at: Self.start + .seconds(61))
    let next = try #require(ended.commands.wake)
    #expect(outage.removeFirst(polling).wake == next)
    #expect(outage.removeFirst(ended.commands).wake == next)
  }

  @Test("stops polling when it has kept 2000 events, and remembers the polls that were due")
  func bounded() {
    var outage = outage()
    var polls = outage.handle(.started, at: Self.start).commands.fetches.count
    for count in 1..<2010 {
      let now = Self.start + .seconds(Int64(count) * 600)
      polls += outage.handle(.fetched(Self.source, .unchanged), at: now).commands.fetches.count
      polls += outage.handle(.woke, at: now + .seconds(300)).commands.fetches.count
    }
    #expect(polls > 0)
    #expect(polls < 2000)
    #expect(outage.withheld.map(\.source).contains(Self.source))
    #expect(outage.steps.count > 2000)
  }

  @Test("retries after pauses that grow from 200 ms to a minute")
  func pauses() {
    var outage = outage()
    let pauses = (0..<12).map { _ in outage.nextPause() }
    #expect(pauses.prefix(3) == [.milliseconds(200), .milliseconds(400), .milliseconds(800)])
    #expect(pauses.last == .seconds(60))
  }
}
