/// `crosses(x)`: the series moved across x with this publication, up or down.
enum CrossesFunction: ConditionFunction {
  static let name = "crosses"
  static let takes = "one rate, as in crosses(0.0115)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try Crossing.meaning(of: call, .either, in: &checker)
  }
}
