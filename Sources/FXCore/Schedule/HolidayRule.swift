/// One holiday: of every year, computed for any year, or a single day.
package enum HolidayRule: Hashable, Sendable {
  /// The same day of the same month.
  case fixed(month: Int, day: Int)
  /// The day `offset` days after Easter Sunday; Good Friday is -2.
  case easter(Easter, offset: Int)
  /// The first given day of the week (Monday 1 to Sunday 7) on or after a date: the second Monday
  /// of October is the Monday on or after 8 October.
  case weekday(Int, onOrAfter: MonthDay)
  /// A day of the Islamic year, with the day before and after it, because the moon decides.
  case islamic(month: Int, day: Int)
  /// A single day.
  case once(CalendarDay)

  /// A day within any year.
  package struct MonthDay: Hashable, Sendable {
    package let month: Int
    package let day: Int

    /// Creates a day of a month.
    package init(_ month: Int, _ day: Int) {
      self.month = month
      self.day = day
    }
  }

  /// True if the holiday falls on that day and has a substitute on weekends.
  func moves(from day: CalendarDay) -> Bool {
    switch self {
    case .islamic, .once: false
    case .fixed, .easter, .weekday: falls(on: day)
    }
  }

  /// True if the holiday falls on that day.
  package func falls(on day: CalendarDay) -> Bool {
    switch self {
    case .fixed(let month, let ofMonth):
      let civil = day.civil
      return civil.month == month && civil.day == ofMonth
    case .easter(let easter, let offset):
      let sunday = day.advanced(by: -offset)
      return easter.sunday(of: sunday.civil.year) == sunday
    case .weekday(let weekday, let start):
      guard day.weekday == weekday,
        let first = CalendarDay(year: day.civil.year, month: start.month, day: start.day)
      else { return false }
      return (first...first.advanced(by: 6)).contains(day)
    case .islamic(let month, let ofMonth):
      return (-1...1).contains { offset in
        let date = IslamicDate(day.advanced(by: offset))
        return date.month == month && date.day == ofMonth
      }
    case .once(let single): return day == single
    }
  }
}

/// Short forms for calendars: several days of a kind at once.
extension [HolidayRule] {
  /// Returns days of one month.
  package static func fixed(_ month: Int, _ days: Int...) -> [HolidayRule] {
    days.map { .fixed(month: month, day: $0) }
  }

  /// Returns days counted from Easter Sunday.
  package static func easter(_ easter: Easter, _ offsets: Int...) -> [HolidayRule] {
    offsets.map { .easter(easter, offset: $0) }
  }

  /// Returns the first given day of the week on or after a date.
  package static func weekday(_ weekday: Int, onOrAfter month: Int, _ day: Int) -> [HolidayRule] {
    [.weekday(weekday, onOrAfter: HolidayRule.MonthDay(month, day))]
  }

  /// Returns days of one Islamic month.
  package static func islamic(_ month: Int, _ days: Int...) -> [HolidayRule] {
    days.map { .islamic(month: month, day: $0) }
  }
}
