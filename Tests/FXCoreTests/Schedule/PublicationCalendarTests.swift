import FXCore
import Testing

@Suite("A publication calendar")
struct PublicationCalendarTests {
  private let ecb = PublicationCalendar(
    zone: "Europe/Berlin", hour: 16, minute: 0, holidays: .target)
  private let zones = BerlinZones()

  private func instant(_ text: String) throws -> Timestamp {
    try #require(Timestamp(text: text))
  }

  @Test(
    "expects a publication on its weekdays except holidays, at the local time of its zone",
    arguments: [
      ("2026-01-05", "2026-01-05T15:00:00.000Z"), ("2026-07-06", "2026-07-06T14:00:00.000Z"),
      ("2026-03-27", "2026-03-27T15:00:00.000Z"), ("2026-03-30", "2026-03-30T14:00:00.000Z"),
      ("2026-04-03", nil), ("2026-04-04", nil), ("2026-04-06", nil), ("2026-12-25", nil),
    ] as [(String, String?)])
  func expected(day: String, at instant: String?) throws {
    let day = try #require(CalendarDay(text: day))
    #expect(ecb.expected(on: day, zones: zones)?.description == instant)
    #expect(ecb.prints(on: day) == (instant != nil))
  }

  @Test("knows the next one over a long weekend")
  func next() throws {
    let thursday = try instant("2026-04-02T14:00:00Z")
    #expect(
      ecb.nextExpected(after: thursday, zones: zones)?.description == "2026-04-07T14:00:00.000Z")
    #expect(
      ecb.nextExpected(after: thursday - .milliseconds(1), zones: zones) == thursday)
    let never = PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, weekdays: [])
    #expect(never.nextExpected(after: thursday, zones: zones) == nil)
  }

  @Test(
    "counts missing publications after their time and the grace",
    arguments: [
      // The last one before Easter, seen in time: nothing is due before Tuesday evening.
      ("2026-04-02T14:03:00Z", "2026-04-07T16:59:59Z", 0),
      ("2026-04-02T14:03:00Z", "2026-04-07T17:00:00Z", 1),
      ("2026-04-02T14:03:00Z", "2026-04-08T16:59:59Z", 1),
      ("2026-04-02T14:03:00Z", "2026-04-08T17:00:00Z", 2),
      // Up to four hours early is that day's; before, it is the one of the day before.
      ("2026-04-07T10:00:00Z", "2026-04-07T20:00:00Z", 0),
      ("2026-04-07T09:59:59Z", "2026-04-07T20:00:00Z", 1),
      // A clock that was set back counts nothing.
      ("2026-04-07T14:03:00Z", "2026-04-02T14:03:00Z", 0),
    ])
  func missed(published: String, now: String, count: Int) throws {
    #expect(
      ecb.missed(between: try instant(published), and: try instant(now), zones: zones) == count)
  }

  @Test("looks back a limited time")
  func bounded() throws {
    let missed = ecb.missed(
      between: try instant("1999-01-04T14:00:00Z"), and: try instant("2026-04-02T14:03:00Z"),
      zones: zones)
    #expect((270...290).contains(missed))
  }

  @Test("of a weekly publisher misses one a week")
  func weekly() throws {
    let weekly = PublicationCalendar(zone: "Europe/Berlin", hour: 14, minute: 0, weekdays: [5])
    #expect(
      weekly.missed(
        between: try instant("2026-05-01T12:30:00Z"), and: try instant("2026-05-16T12:00:00Z"),
        zones: zones) == 2)
  }
}
