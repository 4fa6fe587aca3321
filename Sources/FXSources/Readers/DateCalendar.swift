import FXCore

/// A calendar in which a publisher prints dates.
package enum DateCalendar: String, Hashable, Sendable, CaseIterable {
  case gregorian
  /// Thailand's: years since 543 BC.
  case buddhist
  /// Iran's and Afghanistan's: the solar Hijri calendar.
  case persian
  /// Taiwan's: years since 1911.
  case minguo
  /// Japan's years of Reiwa, since 2019.
  case japanese

  /// Returns the day of a date; nil if it does not exist.
  func day(year: Int, month: Int, day: Int) -> CalendarDay? {
    switch self {
    case .gregorian: CalendarDay(year: year, month: month, day: day)
    case .buddhist: CalendarDay(year: year - 543, month: month, day: day)
    case .minguo: CalendarDay(year: year + 1911, month: month, day: day)
    case .japanese: CalendarDay(year: year + 2018, month: month, day: day)
    case .persian: Self.persianDay(year, month, day)
    }
  }

  /// Returns the year of two digits; of the Gregorian calendar from 1950 to 2049.
  func year(ofTwoDigits digits: Int) -> Int {
    switch self {
    case .gregorian: digits + (digits < 50 ? 2000 : 1900)
    case .buddhist: digits + 2500
    case .persian: digits + (digits < 50 ? 1400 : 1300)
    case .minguo: digits + (digits < 50 ? 100 : 0)
    case .japanese: digits
    }
  }

  /// The days from the year 0 to 1970.
  private static let daysBefore1970 = 719_528

  /// The arithmetic form of the calendar with leap years in cycles of 33, exact from 1799 to 2256.
  private static func persianDay(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay? {
    guard (1178...1634).contains(year), (1...12).contains(month),
      (1...(month < 7 ? 31 : 30)).contains(day)
    else { return nil }
    func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
      let shifted = year + 1595
      let months = month < 7 ? (month - 1) * 31 : (month - 7) * 30 + 186
      return 365 * shifted + shifted / 33 * 8 + (shifted % 33 + 3) / 4 + months + day - 355_668
    }
    let found = number(year, month, day)
    // The last month has 30 days only in a leap year.
    guard found < number(year + 1, 1, 1) else { return nil }
    return CalendarDay(daysSinceEpoch: found - daysBefore1970)
  }
}
