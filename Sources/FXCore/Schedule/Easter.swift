/// A church's computation of Easter.
package enum Easter: Hashable, Sendable {
  case western
  case orthodox

  /// Returns Easter Sunday of a year, in the Gregorian calendar; nil outside the years of
  /// `CalendarDay`.
  ///
  /// Source: J. Meeus, Astronomical Algorithms (1991), chapter 8.
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
