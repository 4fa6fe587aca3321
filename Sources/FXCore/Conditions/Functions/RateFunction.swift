/// `rate`: the printed rate of one unit.
enum RateFunction: ConditionFunction {
  static let name = "rate"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.rate, .rate, Requirements(kind: .state))
  }
}
