/// `avg(30d)`: the average rate of a window, each rate weighted by the time it was valid.
enum AvgFunction: ConditionFunction {
  static let name = "avg"
  static let usage: String? = "one window, as in avg(30d)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowStatistic.expression(of: call, .average, as: .rate, in: &checker)
  }
}
