/// `spread(ecb)`: the relative difference from the rate of another source for the same pair.
enum SpreadFunction: ConditionFunction {
  static let name = "spread"
  static let usage: String? = "the name of another source, as in spread(ecb)"
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (other, requirements) = try call.otherRate(&checker)
    return Expression(.leaf(Spread(other: other)), .percent, requirements)
  }
}
