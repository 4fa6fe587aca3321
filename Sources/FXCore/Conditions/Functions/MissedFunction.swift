/// `missed`: how many publications the source's calendar says are missing.
enum MissedFunction: ConditionFunction {
  static let name = "missed"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(
      .leaf(MissedPublications()), .number, Requirements(kind: .state, usesCalendar: true))
  }
}

/// The count of them.
private struct MissedPublications: SeriesQuantity {
  func value(on view: some SeriesView, at moment: Moment) -> Figure {
    guard let count = view.missedPublications(at: moment.now) else { return .missing(.calendar) }
    return .known(RateRange(exactly: Fraction(Int64(count))))
  }
}
