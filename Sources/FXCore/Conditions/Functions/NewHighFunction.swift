/// `new_high(90d)`: this publication's rate is above every other one that was valid in a window.
enum NewHighFunction: ConditionFunction {
  static let name = "new_high"
  static let usage: String? = "one window, as in new_high(90d)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try NewExtreme.expression(of: call, isLow: false, in: &checker)
  }
}
