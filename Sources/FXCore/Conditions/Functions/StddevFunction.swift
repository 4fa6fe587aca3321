/// `stddev(30d)`: how far the rates of a window lie from their average, as a root mean square.
enum StddevFunction: ConditionFunction {
  static let name = "stddev"
  static let takes = "one window, as in stddev(30d)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try WindowQuantity.meaning(of: call, .deviation, as: .rate, in: &checker)
  }
}
