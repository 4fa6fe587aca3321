/// `max(30d)`: the highest rate of one unit that was valid in a window.
enum MaxFunction: ConditionFunction {
  static let name = "max"
  static let usage: String? = "one window, as in max(30d)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowExtreme.expression(of: call, isLowest: false, in: &checker)
  }
}
