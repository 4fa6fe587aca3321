/// A part of the time of an evaluation, in UTC.
///
/// Neither an event nor a state by itself: a condition on it is evaluated when its other parts are.
struct CalendarNumber: NumericLeaf {
  /// The parts that conditions can read.
  enum Part: Sendable {
    case weekday
    case hour
  }

  let part: Part

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let number =
      switch part {
      case .weekday: Int64(moment.now.day.weekday)
      case .hour: (moment.now.milliseconds - moment.now.day.start.milliseconds) / 3_600_000
      }
    return .known(RateRange(exactly: Fraction(number)))
  }
}
