/// `delta`, `delta(24h)`: the move against the previous figure, or the one in force when a window
/// began, as a difference of rates.
enum DeltaFunction: ConditionFunction {
  static let name = "delta"
  static let takes = "at most one window, as in delta(24h) or delta(3 publications)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = try call.reference(&checker)
    return Expression(.leaf(AbsoluteMove(reference: reference)), .rate, reference.needs)
  }
}

/// A difference of the rates of one unit.
private struct AbsoluteMove: SeriesQuantity {
  let reference: Reference

  @_specialize(where View == JudgedSeries)
  func value<View: SeriesView>(on view: View, at moment: Moment) -> Figure {
    guard let earlier = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    let current = view.current
    // A figure has not moved against itself, however it was rounded.
    if earlier == current { return .known(RateRange(exactly: .zero)) }
    let move = view.range(of: current).subtracting(view.range(of: earlier))
    return move.map { .known($0) } ?? .missing(.excess)
  }

  @_specialize(where View == JudgedSeries)
  func roughly<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    guard let earlier = reference.point(on: view, at: moment.now),
      let old = Bounds(earlier.rate, scale: view.scale),
      let new = Bounds(view.current.rate, scale: view.scale)
    else { return nil }
    return new.distance(from: old)
  }
}
