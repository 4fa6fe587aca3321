/// `suspect`: a guard rejected this publication.
enum SuspectFunction: ConditionFunction {
  static let name = "suspect"
  static let usage: String? = nil

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(SuspectRate()), Requirements(kind: .event, readsSuspects: true))
  }
}
