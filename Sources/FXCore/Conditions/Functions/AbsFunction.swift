/// `abs(x)`: a rate, percent, duration or number without its sign.
enum AbsFunction: ConditionFunction {
  static let name = "abs"
  static let takes = "one figure, as in abs(change)"

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (quantity, type, needs) = try checker.quantity(try call.argument(checker))
    if case .constant(let value) = quantity {
      return Expression(.constant(value.magnitude), type, needs)
    }
    return Expression(.magnitude(quantity), type, needs)
  }
}
