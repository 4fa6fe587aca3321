/// A period of the calendar, in UTC.
package enum CalendarPeriod: String, Hashable, Sendable, CaseIterable {
  case day
  /// From Monday on.
  case week
  case month
  case quarter
  case year

  /// Returns the first day of the period that contains an instant.
  package func start(at now: Timestamp) -> CalendarDay {
    let day = now.day
    let (year, month, _) = day.civil
    let first: CalendarDay? =
      switch self {
      case .day: day
      case .week: day.advanced(by: 1 - day.weekday)
      case .month: CalendarDay(year: year, month: month, day: 1)
      case .quarter: CalendarDay(year: year, month: month - (month - 1) % 3, day: 1)
      case .year: CalendarDay(year: year, month: 1, day: 1)
      }
    return first ?? day
  }

  /// The longest time from its start to its end.
  var longest: Duration {
    let days =
      switch self {
      case .day: 1
      case .week: 7
      case .month: 31
      case .quarter: 92
      case .year: 366
      }
    return .seconds(days * 86_400)
  }
}
