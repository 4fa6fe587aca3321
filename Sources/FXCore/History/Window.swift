/// A stretch of a series' history that ends now, as written in a condition: `30d`, `20 publications`,
/// `since 2026-01-01`.
package enum Window: Hashable, Sendable {
  /// A length in milliseconds.
  case time(Int64)
  /// A number of publications of the source, including the one that is evaluated.
  case publications(Int)
  /// Everything from the first instant of a day in UTC.
  case since(CalendarDay)
  /// Everything from the first instant of the current day, week, month, quarter or year in UTC.
  case sinceStart(CalendarPeriod)
  /// Everything from an instant in the life of the alert.
  case sinceAlert(AlertMark)

  /// The largest number of publications in one window, which limits the memory of each series.
  static let maximumPublications = 100_000

  /// Returns the window of a number of publications; nil if it is not a whole number from 1 to
  /// `maximumPublications`.
  static func publications(_ count: ExactDecimal) -> Window? {
    guard count.scale == 0, (1...Int64(maximumPublications)).contains(count.coefficient) else {
      return nil
    }
    return .publications(Int(count.coefficient))
  }

  /// The history that the window needs.
  var reach: Lookback {
    switch self {
    case .time(let length): Lookback(window: .milliseconds(length))
    case .publications(let count): Lookback(publications: count)
    case .since(let day): Lookback(since: day)
    case .sinceStart(let period): Lookback(window: period.longest)
    case .sinceAlert: Lookback(isSinceArmed: true)
    }
  }

  /// The history that the window needs where it ends before the current rate.
  var reachBefore: Lookback {
    guard case .publications(let count) = self else { return reach }
    return Lookback(publications: count + 1)
  }

  /// The axis along which the window is measured.
  var axis: Axis {
    switch self {
    case .time, .since, .sinceStart, .sinceAlert: .time
    case .publications: .publications
    }
  }
}

extension Window: CustomStringConvertible {
  /// The window as written in a condition.
  package var description: String {
    switch self {
    case .time(let length): DurationText.text(.milliseconds(length))
    case .publications(let count): "\(count) publication\(count == 1 ? "" : "s")"
    case .since(let day): "since \(day)"
    case .sinceStart(let period): "since \(period.rawValue)"
    case .sinceAlert(let mark): "since \(mark.rawValue)"
    }
  }
}
