import FXCore
import Testing

@Suite("The publication times of a source in the config")
struct PublicationCalendarSettingsTests {
  private func read(
    _ entries: [SettingsEntry]
  ) -> (calendar: PublicationCalendar?, problems: [String]) {
    let problems = SettingsProblems()
    let section = SettingsSection(
      .map(entries), path: ["sources", "bank", "publishes"], problems: problems)
    let calendar = PublicationCalendar.read(from: section, zones: BerlinZones())
    return (calendar, problems.all.map(\.description))
  }

  private static func list(_ texts: String...) -> SettingsNode.Value {
    .list(texts.map { .node(.text($0), 4, 9) })
  }

  @Test("are a time, a zone, days of the week and holidays")
  func whole() throws {
    let (calendar, problems) = read([
      .entry("at", line: 2, .text("14:30")), .entry("zone", line: 3, .text("Europe/Berlin")),
      .entry("holidays", line: 4, Self.list("target", "12-31", "2026-06-15")),
      .entry("days", line: 5, Self.list("mon", "sat")),
    ])
    #expect(problems == [])
    let read = try #require(calendar)
    #expect(read.zone == "Europe/Berlin")
    #expect(read.minuteOfDay == 870)
    #expect(read.weekdays == [1, 6])
    let days = ["2026-12-25", "2026-12-31", "2027-12-31", "2026-06-15", "2027-06-14", "2026-06-22"]
    let holidays = try days.map { read.holidays.contains(try #require(CalendarDay(text: $0))) }
    #expect(holidays == [true, true, true, true, false, false])
  }

  @Test("are from Monday to Friday without holidays, if only the time is given")
  func short() {
    let (calendar, problems) = read([
      .entry("at", line: 2, .text("09:00")), .entry("zone", line: 3, .text("Europe/Berlin")),
    ])
    #expect(problems == [])
    #expect(calendar == PublicationCalendar(zone: "Europe/Berlin", hour: 9, minute: 0))
  }

  @Test("report everything that is missing or wrong at once")
  func wrong() {
    let (calendar, problems) = read([
      .entry("zone", line: 3, .text("Prague")),
      .entry("holidays", line: 4, Self.list("czechai", "target", "poland", "02-30")),
      .entry("days", line: 5, Self.list("tues")), .entry("grace", line: 6, .text("1h")),
    ])
    #expect(calendar == nil)
    let words = HolidayCalendar.all.map(\.word).joined(separator: ", ")
    let neither = "is neither a day such as 12-24 or 2026-12-24 nor one of \(words)"
    let path = "sources.bank.publishes"
    #expect(
      problems == [
        "etc/fxwatch.yaml:1:1: \(path): 'at' is missing; write a time of day, for example at: \"22:00\"",
        "etc/fxwatch.yaml:3:9: \(path).zone: 'Prague' is not an IANA time zone; expected one such as"
          + " Asia/Bishkek or UTC",
        "etc/fxwatch.yaml:4:9: \(path).days: 'tues' is not one of mon, tue, wed, thu, fri, sat, sun;"
          + " did you mean 'tue'?",
        "etc/fxwatch.yaml:4:9: \(path).holidays: 'czechai' \(neither); did you mean 'czechia'?",
        "etc/fxwatch.yaml:4:9: \(path).holidays: 'poland' is a second calendar; name one, and add days"
          + " such as 12-24",
        "etc/fxwatch.yaml:4:9: \(path).holidays: '02-30' \(neither)",
        "etc/fxwatch.yaml:6:1: \(path): unknown key 'grace'; expected one of at, days, holidays, zone",
      ])
  }

  @Test("have a word for every calendar of holidays that needs no quotes")
  func words() {
    let plain = Set("abcdefghijklmnopqrstuvwxyz-")
    #expect(HolidayCalendar.all.map(\.word).filter { !$0.allSatisfy(plain.contains) } == [])
    #expect(Set(HolidayCalendar.all.map(\.word)).count == HolidayCalendar.all.count)
  }
}
