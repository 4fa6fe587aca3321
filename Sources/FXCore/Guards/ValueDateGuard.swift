/// A page from another time: its value date lies before the last one, or more than a week ahead.
///
/// Caches serve yesterday's page, and stray dates once froze two feeds until the day came that they
/// named. Official rates for tomorrow, or for after a long weekend, are as they should be.
enum ValueDateGuard: RateGuard {
  static let name = "value-date"

  /// How many days a rate may be ahead of its day.
  static let longestLead = 7

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let day = page.valueDate else { return nil }
    if day > page.today.advanced(by: longestLead) {
      return "its value date \(day) is more than \(longestLead) days ahead"
    }
    if let last = page.lastValueDate, day < last {
      return "its value date \(day) is before the last one, \(last)"
    }
    return nil
  }
}
