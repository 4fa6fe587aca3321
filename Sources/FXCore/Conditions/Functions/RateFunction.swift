/// `rate`: the printed rate of one unit.
enum RateFunction: ConditionFunction {
  static let name = "rate"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.rate, .rate, Requirements(kind: .state))
  }
}
