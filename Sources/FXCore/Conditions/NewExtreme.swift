/// A rate beyond all others of a window, with the publication that brings it; printed figures are
/// compared as facts.
struct NewExtreme: SeriesEvent {
  let window: Window
  let isLow: Bool

  /// The meaning of a function that takes one window.
  static func meaning(
    of call: Call, isLow: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let window = try call.window(&checker)
    return Expression(
      .leaf(NewExtreme(window: window, isLow: isLow)),
      Needs(kind: .event, reach: window.reach, keeping: isLow ? .lows : .highs))
  }

  @_specialize(where View == JudgedSeries)
  func answer<View: SeriesView>(on view: View, at moment: Moment) -> Answer {
    let start = view.bounds(of: window, now: moment.now).start
    guard let earlier = view.extreme(from: start, along: window.axis, isLowest: isLow) else {
      return .missing(.earlier(window))
    }
    let rate = view.current.rate
    return .known(Truth(isLow ? rate.isBelow(earlier) : earlier.isBelow(rate)))
  }
}
