/// `change`, `change(24h)`: the move against the previous figure, or the one in force when a window
/// began, in percent of that.
enum ChangeFunction: ConditionFunction {
  static let name = "change"
  static let takes = "at most one window, as in change(24h) or change(3 publications)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = try call.reference(&checker)
    return Expression(.leaf(RelativeMove(reference: reference)), .percent, reference.needs)
  }
}

/// A move as a fraction of the earlier figure.
private struct RelativeMove: SeriesQuantity {
  let reference: Reference

  @_specialize(where View == JudgedSeries)
  func value<View: SeriesView>(on view: View, at moment: Moment) -> Figure {
    guard let earlier = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    let current = view.current
    // A figure has not moved against itself, however it was rounded.
    if earlier == current { return .known(RateRange(exactly: .zero)) }
    let old = view.range(of: earlier)
    if let move = view.range(of: current).relativeMove(from: old) { return .known(move) }
    return .missing(old.low > .zero ? .excess : .zeroBefore)
  }

  @_specialize(where View == JudgedSeries)
  func roughly<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    guard let earlier = reference.point(on: view, at: moment.now),
      let old = Bounds(earlier.rate, scale: view.scale),
      let new = Bounds(view.current.rate, scale: view.scale)
    else { return nil }
    return new.relativeMove(from: old)
  }
}
