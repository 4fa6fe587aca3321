/// `avg(30d)`: the average rate of a window, every rate weighing as long as it was in force.
enum AvgFunction: ConditionFunction {
  static let name = "avg"
  static let takes = "one window, as in avg(30d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowQuantity.meaning(of: call, .average, as: .rate, in: &checker)
  }
}
