/// The calendar in UTC, counted from days.
enum Calendar {
  static let day: Int64 = 86_400_000
  static let periods = ["day", "week", "month", "quarter", "year"]

  /// Returns the instant at which the current period began.
  static func start(of period: String, at now: Int64) -> Int64 {
    let today = days(at: now)
    switch period {
    case "day": return today * day
    case "week": return (today - Int64(weekday(at: now) - 1)) * day
    default:
      var first = today
      while !isFirst(first, of: period) { first -= 1 }
      return first * day
    }
  }

  /// From 1 for Monday to 7; the first of January 1970 was a Thursday.
  static func weekday(at now: Int64) -> Int { Int(((days(at: now) + 3) % 7 + 7) % 7) + 1 }

  static func hour(at now: Int64) -> Int { Int((now - days(at: now) * day) / 3_600_000) }

  /// Returns a day as `2026-02-20`.
  static func text(ofDay number: Int64) -> String {
    let (year, month, day) = civil(number)
    func padded(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  static func days(at now: Int64) -> Int64 {
    now >= 0 ? now / day : (now - day + 1) / day
  }

  private static func isFirst(_ number: Int64, of period: String) -> Bool {
    let (_, month, day) = civil(number)
    return day == 1
      && (period == "month" || period == "quarter" && month % 3 == 1 || month == 1)
  }

  /// Returns year, month and day by counting from 2020-01-01, which is day 18262.
  private static func civil(_ number: Int64) -> (year: Int64, month: Int64, day: Int64) {
    var (year, rest) = (Int64(2020), number - 18_262)
    while rest < 0 {
      year -= 1
      rest += length(ofYear: year)
    }
    while rest >= length(ofYear: year) {
      rest -= length(ofYear: year)
      year += 1
    }
    var month: Int64 = 1
    while rest >= length(ofMonth: month, year) {
      rest -= length(ofMonth: month, year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  private static func length(ofYear year: Int64) -> Int64 { isLeap(year) ? 366 : 365 }

  private static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
