/// `new_high(90d)`: this publication's rate is above every other one that was in force in a window.
enum NewHighFunction: ConditionFunction {
  static let name = "new_high"
  static let takes = "one window, as in new_high(90d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try NewExtreme.meaning(of: call, isLow: false, in: &checker)
  }
}
