/// Detects a page of another day: its value date is before the last one, or more than a week ahead.
///
/// Caches serve yesterday's page, and wrong dates once blocked two feeds until those dates. Official
/// rates for tomorrow, or for the day after a long weekend, are trusted.
enum ValueDateGuard: RateGuard {
  static let name = "value-date"

  /// The most days a value date may be ahead of the current day.
  static let longestLead = 7

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    finding(of: page.valueDate, after: page.lastValueDate, today: page.today)
  }

  /// Returns the reason to suspect a value date, seen on the day `today`; nil if there is none.
  static func finding(
    of day: CalendarDay?, after last: CalendarDay?, today: CalendarDay
  ) -> String? {
    guard let day else { return nil }
    if day > today.advanced(by: longestLead) {
      return "its value date \(day) is more than \(longestLead) days ahead"
    }
    if let last, day < last { return "its value date \(day) is before the last one, \(last)" }
    return nil
  }
}
