import FXCore
import Testing

@Suite("The timetable")
struct TimetableTests {
  private let zones = BerlinZones()
  private let ecb = SourceSchedule.calendar(
    PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target))

  private func timetable(_ schedule: SourceSchedule) -> Timetable {
    Timetable(schedule, seed: "test", zones: zones)
  }

  private func instant(_ text: String) throws -> Timestamp {
    try #require(Timestamp(text: text))
  }

  /// The slots of a source from an instant on, as offsets from `start`, in minutes, rounded down.
  private func slots(_ count: Int, after start: Timestamp, from day: String) throws -> [Int64] {
    let midnight = try instant(day)
    var slots: [Int64] = []
    var last = start
    for _ in 0..<count {
      last = timetable(ecb).slot(after: last)
      slots.append((last - midnight).milliseconds / 60_000)
    }
    return slots
  }

  @Test("polls a calendar source every half hour for three hours from its publication time")
  func publicationDay() throws {
    let slots = try slots(8, after: try instant("2026-06-01T00:00:00Z"), from: "2026-06-01")
    let spread = slots[0] - 14 * 60
    #expect((0...2).contains(spread))
    #expect(
      slots.map { $0 - spread } == [840, 870, 900, 930, 960, 990, 1020, 1440 + 840])
  }

  @Test("polls it once a day on weekends and holidays")
  func holidays() throws {
    // Thursday before Easter to Tuesday after it.
    let slots = try slots(12, after: try instant("2026-04-02T16:45:00Z"), from: "2026-04-02")
    let spread = slots[0] - 17 * 60
    let hours = slots.map { ($0 - spread) / 60 }
    #expect(hours == [17, 38, 62, 86, 110, 134, 134, 135, 135, 136, 136, 137])
  }

  @Test("keeps the local time of publication over a change of clocks")
  func clocks() throws {
    let friday = try slots(1, after: try instant("2026-03-27T00:00:00Z"), from: "2026-03-27")
    let monday = try slots(1, after: try instant("2026-03-30T00:00:00Z"), from: "2026-03-30")
    #expect(friday[0] - monday[0] == 60)
  }

  @Test("polls an interval source once per interval, ± 10 %")
  func interval() throws {
    var now = try instant("2026-06-01T00:00:00Z")
    var gaps: Set<Int64> = []
    for _ in 0..<200 {
      let next = timetable(.interval(.seconds(900))).slot(after: now)
      gaps.insert((next - now).milliseconds)
      now = next
    }
    #expect(gaps.allSatisfy { (810_000...990_000).contains($0) })
    #expect(gaps.count > 150)
  }

  @Test("polls once 30 s after a failure, then at the next slot")
  func retries() throws {
    let now = try instant("2026-06-01T00:00:00Z")
    func due(_ failures: Int, retryAfter: Duration? = nil) -> Duration {
      timetable(.interval(.seconds(900))).dueAfterFailure(
        at: now, failures: failures, retryAfter: retryAfter) - now
    }
    #expect(due(1) == .seconds(30))
    #expect(due(2) >= .seconds(810))
    #expect(due(3) == .seconds(30))
    #expect(due(1, retryAfter: .seconds(120)) == .seconds(120))
    #expect(due(2, retryAfter: .seconds(120)) >= .seconds(810))
    #expect(due(1, retryAfter: .seconds(9_000_000)) == .seconds(86_400))
  }

  @Test("continues after a restart, or polls a new source at once")
  func start() throws {
    let now = try instant("2026-06-01T12:00:00Z")
    var (due, lastAttempt): (Timestamp?, Timestamp?)
    func first(_ schedule: SourceSchedule) -> Duration {
      timetable(schedule).firstDue(due, lastAttempt: lastAttempt, now: now) - now
    }
    #expect((.zero...Timetable.startSpread).contains(first(.interval(.seconds(900)))))
    lastAttempt = now - .seconds(60)
    due = now + .seconds(700)
    #expect(first(.interval(.seconds(900))) == .seconds(700))
    #expect(first(.interval(.seconds(60))) < .seconds(70))
    due = now - .seconds(500)
    #expect(first(.interval(.seconds(900))) == .seconds(-500))
    lastAttempt = now + .seconds(3600)
    #expect(first(.interval(.seconds(900))) <= Timetable.startSpread)
  }
}
