/// `stddev(30d)`: the standard deviation of the rates of a window, each weighted by the time it was
/// valid.
enum StddevFunction: ConditionFunction {
  static let name = "stddev"
  static let usage: String? =
    "one window, as in stddev(30d), or a value and a window, as in stddev(change, 30d)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    if call.arguments.count == 2 {
      return try ExpressionStatistic.expression(of: call, .deviation, in: &checker)
    }
    return try WindowStatistic.expression(of: call, .deviation, as: .rate, in: &checker)
  }
}
