/// `max(30d)`: the highest rate of one unit that was valid in a window.
enum MaxFunction: ConditionFunction {
  static let name = "max"
  static let usage: String? =
    "one window, as in max(30d), or a value and a window, as in max(abs(change), 30d)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    if call.arguments.count == 2 {
      return try ExpressionStatistic.expression(of: call, .highest, in: &checker)
    }
    return try WindowExtreme.expression(of: call, isLowest: false, in: &checker)
  }
}
