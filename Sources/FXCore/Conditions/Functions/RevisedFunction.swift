/// `revised`: this publication gave a value date that was known another figure.
enum RevisedFunction: ConditionFunction {
  static let name = "revised"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(Revision()), Requirements(kind: .event, asksOfRevisions: true))
  }
}

/// Whether it did.
private struct Revision: SeriesEvent {
  func answer(on view: some SeriesView, at moment: Moment) -> Answer {
    .known(Truth(view.isRevision))
  }
}
