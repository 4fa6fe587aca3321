/// `suspect`: a guard tripped over this publication.
enum SuspectFunction: ConditionFunction {
  static let name = "suspect"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(SuspectFigure()), Requirements(kind: .event, asksOfSuspects: true))
  }
}

/// Whether one did.
private struct SuspectFigure: SeriesEvent {
  func answer(on view: some SeriesView, at moment: Moment) -> Answer {
    .known(Truth(view.isSuspect))
  }
}
