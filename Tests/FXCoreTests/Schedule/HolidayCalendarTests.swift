import FXCore
import Testing

@Suite("Holidays by rule")
struct HolidayCalendarTests {
  @Test(
    "compute Easter of both churches",
    arguments: [
      (2008, "2008-03-23", "2008-04-27"), (2019, "2019-04-21", "2019-04-28"),
      (2024, "2024-03-31", "2024-05-05"), (2025, "2025-04-20", "2025-04-20"),
      (2026, "2026-04-05", "2026-04-12"), (2027, "2027-03-28", "2027-05-02"),
      (2038, "2038-04-25", "2038-04-25"), (2100, "2100-03-28", "2100-05-02"),
    ])
  func easter(year: Int, western: String, orthodox: String) {
    #expect(Easter.western.sunday(of: year)?.description == western)
    #expect(Easter.orthodox.sunday(of: year)?.description == orthodox)
  }

  @Test(
    "compute the Islamic holidays to within a day",
    arguments: [
      (10, 1, "2023-04-21"), (10, 1, "2024-04-10"), (10, 1, "2025-03-30"), (10, 1, "2026-03-20"),
      (12, 10, "2023-06-28"), (12, 10, "2024-06-16"), (12, 10, "2025-06-06"),
      (12, 10, "2026-05-27"),
    ])
  func islamic(month: Int, day: Int, feast: String) throws {
    let feast = try #require(CalendarDay(text: feast))
    let rule = HolidayRule.islamic(month: month, day: day)
    #expect(rule.falls(on: feast))
    let around = (-20...20).filter { rule.falls(on: feast.advanced(by: $0)) }
    #expect(around.count == 3)
    #expect(around.contains(0))
  }

  @Test(
    "close the publishers on their holidays and no other weekday",
    arguments: [
      (
        HolidayCalendar.target, 2026,
        "01-01 04-03 04-06 05-01 12-25"
      ),
      (
        .canada, 2026,
        "01-01 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25 12-28"
      ),
      (
        .australia, 2026,
        "01-01 01-26 04-03 04-06 04-27 06-08 08-03 10-05 12-25 12-28"
      ),
      (
        .sweden, 2026,
        "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"
      ),
      (
        .poland, 2026,
        "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25"
      ),
      (
        .romania, 2026,
        "01-01 01-02 01-06 01-07 04-10 04-13 05-01 06-01 11-30 12-01 12-25"
      ),
      (
        .russia, 2026,
        "01-01 01-02 01-05 01-06 01-07 01-08 01-09 01-12 02-23 03-09 05-01 05-11 06-12 11-04 12-31"
      ),
      (
        .moldova, 2026,
        "01-01 01-07 01-08 04-13 04-20 05-01 06-01 08-27 08-31 10-14 12-25"
      ),
      (
        .kazakhstan, 2025,
        "01-01 01-02 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16"
      ),
    ])
  func years(calendar: HolidayCalendar, year: Int, holidays: String) throws {
    var day = try #require(CalendarDay(year: year, month: 1, day: 1))
    var found: [String] = []
    while day.civil.year == year {
      if day.weekday <= 5, calendar.contains(day) { found.append(String("\(day)".dropFirst(5))) }
      day = day.advanced(by: 1)
    }
    #expect(found.joined(separator: " ") == holidays)
  }

  @Test("have a substitute for Sundays only in Hong Kong")
  func sundays() throws {
    let newYear = try #require(CalendarDay(text: "2023-01-01"))
    #expect(HolidayCalendar.hongKong.contains(newYear.advanced(by: 1)))
    let saturday = try #require(CalendarDay(text: "2022-01-01"))
    #expect(!HolidayCalendar.hongKong.contains(saturday.advanced(by: 2)))
  }

  @Test("are listed once, by name")
  func catalogue() {
    let names = HolidayCalendar.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == 21)
    #expect(HolidayCalendar.all.allSatisfy { !$0.rules.isEmpty })
  }
}
