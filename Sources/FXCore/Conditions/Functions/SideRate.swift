/// The rate of one side of the pair in the same publication.
struct SideRate: NumericLeaf {
  let side: Side

  /// Checks a call without arguments.
  static func expression(
    of call: FunctionCall, _ side: Side, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(
      .leaf(SideRate(side: side)), .rate,
      Requirements(kind: .state, readsSiblings: true, side: side))
  }

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    view.rate(on: side).map { .known($0) } ?? .missing(absence)
  }

  private var absence: Absence {
    switch side {
    case .ask, .askOfGram: .input("the source prints no ask rate of the pair")
    case .bid, .bidOfGram: .input("the source prints no bid rate of the pair")
    case .mid, .midOfGram: .input("the source prints no mid rate of the pair")
    }
  }
}
