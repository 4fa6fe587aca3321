import FXCore
import Testing

@Suite("Lateness")
struct LatenessTests {
  private static let start = Timestamp(seconds: 1_771_578_000)

  /// True if a publication of a day, found at an instant, is late for a source with that state.
  private static func isLate(
    _ day: CalendarDay?, _ schedule: SourceSchedule, lastSuccess: Timestamp?, at now: Timestamp
  ) throws -> Bool {
    let name = SourceName("bank")
    var state = SourceState()
    state.lastSuccess = lastSuccess
    state.latestValueDate = start.day
    state.latestFirstSeen = start
    let tracker = SourceTracker(
      of: [
        PlannedSource(name: name, schedule: schedule, dating: .fixing, host: "bank.example")
      ], [name: state], installation: "00", zones: TestZones(), now: start, continuing: nil,
      restarting: [])
    return Lateness(try #require(tracker.byName[name]), TestZones()).isLate(
      valueDate: day, at: now)
  }

  @Test(
    "of a source with an interval: after more than three intervals, and five minutes at least",
    arguments: [(900, 2700, false), (900, 2701, true), (1, 300, false), (1, 301, true)])
  func interval(every: Int, away: Int, isLate: Bool) throws {
    #expect(
      try Self.isLate(
        nil, .interval(.seconds(every)), lastSuccess: Self.start,
        at: Self.start + .seconds(away)) == isLate)
  }

  @Test("is not possible before the first successful poll")
  func first() throws {
    #expect(
      try !Self.isLate(
        nil, .interval(.seconds(1)), lastSuccess: nil, at: Self.start + .seconds(86_400)))
  }

  /// The last publication was Friday's, found at 09:00 UTC; the next is due on Monday at 08:00.
  @Test(
    "of a source with a calendar: where no poll came between its hour and the end of the grace",
    arguments: [
      // The day of the publication, the last poll and the find, in hours after Friday 09:00.
      (3, 24, 72, false), (3, 24, 80, true), (3, 72, 80, false), (0, 24, 80, false),
    ])
  func calendar(day: Int, lastSuccess: Int, found: Int, isLate: Bool) throws {
    let calendar = PublicationCalendar(zone: "UTC", hour: 8, minute: 0)
    #expect(
      try Self.isLate(
        Self.start.day.advanced(by: day), .calendar(calendar),
        lastSuccess: Self.start + .seconds(3600 * lastSuccess),
        at: Self.start + .seconds(3600 * found)) == isLate)
  }
}
