/// `revised`: this publication has another rate for a value date that was known.
enum RevisedFunction: ConditionFunction {
  static let name = "revised"
  static let usage: String? = nil

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(Revision()), Requirements(kind: .event, readsRevisions: true))
  }
}
