/// `at(24h)`: the rate of one unit that was in force when a window began.
enum AtFunction: ConditionFunction {
  static let name = "at"
  static let takes = "one window, as in at(24h) or at(3 publications)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = Reference.before(try call.window(&checker))
    return Expression(.printed(EarlierRate(reference: reference)), .rate, reference.needs)
  }
}

/// The rate of a reference: a printed figure, which compares as a fact.
private struct EarlierRate: PrintedQuantity {
  let reference: Reference

  @_specialize(where View == JudgedSeries)
  func value<View: SeriesView>(on view: View, at moment: Moment) -> Figure {
    guard let point = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    return .known(view.range(of: point))
  }
  @_specialize(where View == JudgedSeries)
  func rate<View: SeriesView>(on view: View, at moment: Moment) -> Rate? {
    reference.point(on: view, at: moment.now)?.rate
  }
}
