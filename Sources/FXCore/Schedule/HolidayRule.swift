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

/// Which church reckons Easter.
package enum Easter: Hashable, Sendable {
  case western
  case orthodox

  /// Easter Sunday of a year, in the Gregorian calendar.
  ///
  /// By the algorithms of J. Meeus, Astronomical Algorithms (1991), chapter 8; nil outside the
  /// calendar's years.
  package func sunday(of year: Int) -> CalendarDay? {
    switch self {
    case .western:
      let golden = year % 19
      let century = year / 100
      let inCentury = year % 100
      let correction = (8 * century + 13) / 25
      let epact = (19 * golden + century - century / 4 - correction + 15) % 30
      let weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7
      let late = (golden + 11 * epact + 22 * weekday) / 451
      let month = (epact + weekday - 7 * late + 114) / 31
      let day = (epact + weekday - 7 * late + 114) % 31 + 1
      return CalendarDay(year: year, month: month, day: day)
    case .orthodox:
      let moon = (19 * (year % 19) + 15) % 30
      let weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
      let month = (moon + weekday + 114) / 31
      let day = (moon + weekday + 114) % 31 + 1
      let lag = year / 100 - year / 400 - 2
      return CalendarDay(year: year, month: month, day: day)?.advanced(by: lag)
    }
  }
}

/// A day of the arithmetical Islamic calendar, which follows the moon to within a day or so.
///
/// The civil epoch and the cycle of 30 years with 11 leap years; see E. M. Reingold and N.
/// Dershowitz, Calendrical Calculations, chapter 7.
struct IslamicDate: Hashable {
  let year: Int
  let month: Int
  let day: Int

  /// 1 Muharram of the year 1: 19 July 622, Gregorian.
  private static let epoch = -492_148

  /// The date of a Gregorian day, exact for days from 622 on.
  init(_ gregorian: CalendarDay) {
    let elapsed = gregorian.daysSinceEpoch - Self.epoch
    year = (30 * elapsed + 10_646).flooredDivision(by: 10_631)
    let dayOfYear = elapsed - 354 * (year - 1) - (3 + 11 * year).flooredDivision(by: 30)
    func start(of month: Int) -> Int { (59 * (month - 1) + 1) / 2 }
    let month = (1...12).last { start(of: $0) <= dayOfYear } ?? 1
    self.month = month
    day = dayOfYear - start(of: month) + 1
  }
}
