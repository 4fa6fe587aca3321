/// `crosses_above(x)`: the series was at most x and is above it with this publication.
enum CrossesAboveFunction: ConditionFunction {
  static let name = "crosses_above"
  static let usage: String? = "one rate, as in crosses_above(0.0115)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try Crossing.expression(of: call, .above, in: &checker)
  }
}
