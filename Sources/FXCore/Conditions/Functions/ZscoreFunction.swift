/// `zscore(30d)`: how many `stddev` the current rate lies above the `avg` of a window.
enum ZscoreFunction: ConditionFunction {
  static let name = "zscore"
  static let takes = "one window, as in zscore(30d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowQuantity.meaning(of: call, .score, as: .number, in: &checker)
  }
}
