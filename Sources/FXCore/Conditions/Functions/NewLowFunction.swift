/// `new_low(90d)`: this publication's rate is below every other one that was in force in a window.
enum NewLowFunction: ConditionFunction {
  static let name = "new_low"
  static let takes = "one window, as in new_low(90d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try NewExtreme.meaning(of: call, isLow: true, in: &checker)
  }
}
