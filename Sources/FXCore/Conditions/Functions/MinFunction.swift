/// `min(30d)`: the lowest rate of one unit that was valid in a window.
enum MinFunction: ConditionFunction {
  static let name = "min"
  static let usage: String? =
    "one window, as in min(30d), or a value and a window, as in min(change, 30d)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    if call.arguments.count == 2 {
      return try ExpressionStatistic.expression(of: call, .lowest, in: &checker)
    }
    return try WindowExtreme.expression(of: call, isLowest: true, in: &checker)
  }
}
