/// `crosses(x)`: the series moved across x with this publication, up or down.
enum CrossesFunction: ConditionFunction {
  static let name = "crosses"
  static let usage: String? = "one rate, as in crosses(0.0115)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try Crossing.expression(of: call, .either, in: &checker)
  }
}
