/// `zscore(30d)`: the distance of the current rate from the `avg` of a window, divided by its `stddev`.
enum ZscoreFunction: ConditionFunction {
  static let name = "zscore"
  static let usage: String? = "one window, as in zscore(30d)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowStatistic.expression(of: call, .score, as: .number, in: &checker)
  }
}
