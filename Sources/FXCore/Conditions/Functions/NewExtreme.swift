/// A rate beyond all others of a window, with the publication that brings it; printed figures are
/// compared as facts.
struct NewExtreme: SeriesEvent {
  let window: Window
  let isLow: Bool

  /// The meaning of a function that takes one window.
  static func meaning(
    of call: FunctionCall, isLow: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let window = try call.window(&checker)
    return Expression(
      .leaf(NewExtreme(window: window, isLow: isLow)),
      Requirements(kind: .event, reach: window.reach, keeping: isLow ? .lows : .highs))
  }

  @_specialize(where View == JudgedSeries)
  func answer<View: SeriesView>(on view: View, at moment: Moment) -> Answer {
    let start = view.bounds(of: window, now: moment.now).start
    let rate = view.current.rate
    func isNew(beyond earlier: Rate) -> Bool {
      isLow ? rate.isBelow(earlier) : earlier.isBelow(rate)
    }
    // What is not beyond the figure before it is not beyond all, as nearly always.
    if let newest = view.newestOfExtremes(from: start, along: window.axis, isLowest: isLow),
      !isNew(beyond: newest)
    {
      return .known(.no)
    }
    guard let earlier = view.extreme(from: start, along: window.axis, isLowest: isLow) else {
      return .missing(.earlier(window))
    }
    return .known(Truth(isNew(beyond: earlier)))
  }
}
