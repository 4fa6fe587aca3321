/// `crosses_below(x)`: the series was at least x and is below it with this publication.
enum CrossesBelowFunction: ConditionFunction {
  static let name = "crosses_below"
  static let usage: String? = "one rate, as in crosses_below(0.0115)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try Crossing.expression(of: call, .below, in: &checker)
  }
}
