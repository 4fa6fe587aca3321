/// `avg(30d)`: the average rate of a window, each rate weighted by the time it was valid.
enum AvgFunction: ConditionFunction {
  static let name = "avg"
  static let usage: String? =
    "one window, as in avg(30d), or a value and a window, as in avg(abs(delta), 14 publications)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    if call.arguments.count == 2 {
      return try ExpressionStatistic.expression(of: call, .average, in: &checker)
    }
    return try WindowStatistic.expression(of: call, .average, as: .rate, in: &checker)
  }
}
