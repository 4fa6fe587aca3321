/// `min(30d)`: the lowest rate of one unit that was in force in a window.
enum MinFunction: ConditionFunction {
  static let name = "min"
  static let takes = "one window, as in min(30d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowExtreme.meaning(of: call, isLowest: true, in: &checker)
  }
}
