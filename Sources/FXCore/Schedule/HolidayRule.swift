/// One holiday that returns every year, computed for any year.
package enum HolidayRule: Hashable, Sendable {
  /// The same day of the same month.
  case fixed(month: Int, day: Int)
  /// So many days after Easter Sunday; Good Friday is -2.
  case easter(Easter, offset: Int)
  /// The first such day of the week (Monday 1 to Sunday 7) on or after a date: the second Monday of
  /// October is the Monday on or after 8 October.
  case weekday(Int, onOrAfter: MonthDay)
  /// A day of the Islamic year, with the day before and after it: the moon decides which.
  case islamic(month: Int, day: Int)

  /// A day within any year.
  package struct MonthDay: Hashable, Sendable {
    package let month: Int
    package let day: Int

    /// The day of that month.
    package init(_ month: Int, _ day: Int) {
      self.month = month
      self.day = day
    }
  }

  /// Whether the holiday falls on that day and can be moved off a weekend.
  func moves(from day: CalendarDay) -> Bool {
    if case .islamic = self { return false }
    return falls(on: day)
  }

  /// Whether the holiday falls on that day.
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
    }
  }
}

/// How calendars write their rules: several days of a kind at once.
extension [HolidayRule] {
  /// Days of one month.
  package static func fixed(_ month: Int, _ days: Int...) -> [HolidayRule] {
    days.map { .fixed(month: month, day: $0) }
  }

  /// Days counted from Easter Sunday.
  package static func easter(_ easter: Easter, _ offsets: Int...) -> [HolidayRule] {
    offsets.map { .easter(easter, offset: $0) }
  }

  /// The first such day of the week on or after a date.
  package static func weekday(_ weekday: Int, onOrAfter month: Int, _ day: Int) -> [HolidayRule] {
    [.weekday(weekday, onOrAfter: HolidayRule.MonthDay(month, day))]
  }

  /// Days of one Islamic month.
  package static func islamic(_ month: Int, _ days: Int...) -> [HolidayRule] {
    days.map { .islamic(month: month, day: $0) }
  }
}
