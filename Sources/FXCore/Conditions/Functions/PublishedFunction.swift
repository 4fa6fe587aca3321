/// `published`: any publication of the series.
enum PublishedFunction: ConditionFunction {
  static let name = "published"
  static let usage: String? = nil

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.leaf(AnyPublication()), Requirements(kind: .event))
  }
}
