/// `change_mismatch`: the change that a source prints contradicts the move in its history, whatever the
/// rounding of both.
enum ChangeMismatchFunction: ConditionFunction {
  static let name = "change_mismatch"
  static let usage: String? = nil

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(ChangeMismatch()), Requirements(kind: .event))
  }
}
