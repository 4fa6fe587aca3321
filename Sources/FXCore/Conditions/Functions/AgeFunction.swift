/// `age`: the time since the source last printed something new for the series.
enum AgeFunction: ConditionFunction {
  static let name = "age"
  static let takes = "nothing in parentheses"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(.age, .duration, Requirements(kind: .state, usesClock: true))
  }
}
