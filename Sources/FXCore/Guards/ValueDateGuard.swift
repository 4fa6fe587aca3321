/// A page from another time: its value date lies before the last one, or more than a week ahead.
///
/// Caches serve yesterday's page, and stray dates once froze two feeds until the day came that they
/// named. Official rates for tomorrow, or for after a long weekend, are as they should be.
enum ValueDateGuard: RateGuard {
  static let name = "value-date"

  /// How many days a rate may be ahead of its day.
  static let longestLead = 7

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    oddity(of: page.valueDate, after: page.lastValueDate, today: page.today)
  }

  /// What is odd about a value date after the last one, seen on some day; nil when nothing is.
  static func oddity(
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
