/// The publication of a rate beyond all others of a window.
///
/// Printed rates are compared as facts.
struct NewExtreme: PredicateLeaf {
  let window: Window
  let isLow: Bool

  /// Checks a call with one window.
  static func expression(
    of call: FunctionCall, isLow: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let window = try call.window(&checker)
    return Expression(
      .leaf(NewExtreme(window: window, isLow: isLow)),
      Requirements(kind: .event, reach: window.reach, keeping: isLow ? .lows : .highs))
  }

  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    let (start, end) = view.positions(of: window, now: moment.now)
    guard start < end, let earlier = view.extreme(from: start, along: window.axis, isLowest: isLow)
    else { return .missing(.earlier(window)) }
    return .known(Truth(isBeyond(earlier, view.current.rate)))
  }

  /// Returns true if a rate is lower, or higher, than an earlier one.
  func isBeyond(_ earlier: Rate, _ rate: Rate) -> Bool {
    isLow ? rate.isBelow(earlier) : earlier.isBelow(rate)
  }
}
