import FXCore
import FXWeb
import Testing

@Suite("The month of a source")
struct SourceMonthTests {
  /// Berlin in winter.
  private struct WinterZones: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 3600 }
  }

  private static func publication(_ day: Int, at text: String) throws -> Publication {
    let instant = try #require(Timestamp(text: text))
    return Publication(
      number: Int64(day), source: SourceName("ecb"),
      valueDate: CalendarDay(year: 2026, month: 2, day: day), firstSeen: instant,
      lastSeen: instant, bodyHash: "\(day)", headlines: [])
  }

  @Test("has weeks from Monday on, and what was published, is missing, or is expected")
  func states() throws {
    let calendar = PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0)
    let month = SourceMonth(
      calendar,
      [
        try Self.publication(2, at: "2026-02-02T15:02:00Z"),
        // Found after midnight; its value date is the day before.
        try Self.publication(3, at: "2026-02-03T23:30:00Z"),
      ], zones: WinterZones(), now: try #require(Timestamp(text: "2026-02-06T12:00:00Z")))
    #expect(month.title == "2026-02")
    #expect(month.weeks.count == 5)
    #expect(month.weeks.allSatisfy { $0.count == 7 })
    // 1 February 2026 is a Sunday, and the 28th a Saturday.
    #expect(month.weeks[0].map { $0?.date.civil.day } == [nil, nil, nil, nil, nil, nil, 1])
    #expect(month.weeks[4].map { $0?.date.civil.day } == [23, 24, 25, 26, 27, 28, nil])
    #expect(
      month.weeks[1].map { $0?.state } == [
        .published, .published, .published, .missing, .expected, .closed, .closed,
      ])
    #expect(month.weeks[1].map { $0?.isToday } == [false, false, false, false, true, false, false])
  }
}
