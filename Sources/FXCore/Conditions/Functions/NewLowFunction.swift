/// `new_low(90d)`: this publication's rate is below every other one that was valid in a window.
enum NewLowFunction: ConditionFunction {
  static let name = "new_low"
  static let usage: String? = "one window, as in new_low(90d)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try NewExtreme.expression(of: call, isLow: true, in: &checker)
  }
}
