import FXCore
import Testing

@Suite("A calendar day")
struct CalendarDayTests {
  @Test("counts every day of the years 1 to 9999 in order, without a gap")
  func everyDay() throws {
    let first = try #require(CalendarDay(year: 1, month: 1, day: 1))
    var days = first.daysSinceEpoch
    // 1 January of the year 1 was a Monday.
    var weekday = 1
    var failures = 0
    for year in 1...9999 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        for dayOfMonth in 1...length {
          let day = CalendarDay(daysSinceEpoch: days)
          if day.civil != (year, index + 1, dayOfMonth)
            || CalendarDay(year: year, month: index + 1, day: dayOfMonth) != day
            || day.weekday != weekday
          {
            failures += 1
          }
          days += 1
          weekday = weekday % 7 + 1
        }
      }
    }
    #expect(failures == 0)
    #expect(days == 2_932_897)
  }

  @Test(
    "is written by ISO 8601 and read back",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2026-02-20", 20_504), ("2000-02-29", 11_016),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
  func text(text: String, days: Int) {
    #expect(CalendarDay(text: text) == CalendarDay(daysSinceEpoch: days))
    #expect(CalendarDay(daysSinceEpoch: days).description == text)
  }

  @Test(
    "refuses days that do not exist, and other formats",
    arguments: [
      "", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31",
      "0000-01-01", "10000-01-01", "26-02-20", "2026-2-20", "2026/02/20", "20260220",
      "2026-02-20 ", "-026-02-20", "2026-02-+1", "2026-02-20-01", "２０２６-02-20", "2026-٠2-20",
    ])
  func refuses(text: String) {
    #expect(CalendarDay(text: text) == nil)
  }

  @Test("refuses parts out of range without a trap")
  func parts() {
    #expect(CalendarDay(year: .max, month: 1, day: 1) == nil)
    #expect(CalendarDay(year: 2026, month: .min, day: 1) == nil)
    #expect(CalendarDay(year: 2026, month: 1, day: .max) == nil)
  }

  @Test("moves by days and is ordered by them")
  func order() throws {
    let day = try #require(CalendarDay(text: "2026-02-28"))
    #expect(day.advanced(by: 1).description == "2026-03-01")
    #expect(day.advanced(by: -59).description == "2025-12-31")
    #expect(day < day.advanced(by: 1))
    #expect(day.weekday == 6)
  }
}
