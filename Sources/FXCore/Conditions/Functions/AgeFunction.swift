/// `age`: the time since the source last published something new for the series.
enum AgeFunction: ConditionFunction {
  static let name = "age"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.age, .duration, Requirements(kind: .state, usesClock: true))
  }
}
