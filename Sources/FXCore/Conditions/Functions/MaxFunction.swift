/// `max(30d)`: the highest rate of one unit that was in force in a window.
enum MaxFunction: ConditionFunction {
  static let name = "max"
  static let takes = "one window, as in max(30d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowExtreme.meaning(of: call, isLowest: false, in: &checker)
  }
}
