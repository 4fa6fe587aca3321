/// `abs(x)`: the absolute value of a rate, percentage, duration or number.
enum AbsFunction: ConditionFunction {
  static let name = "abs"
  static let usage: String? = "one value, as in abs(change)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (numeric, type, requirements) = try checker.numeric(try call.argument(checker))
    if case .constant(let value) = numeric {
      return Expression(.constant(value.magnitude), type, requirements)
    }
    return Expression(.magnitude(numeric), type, requirements)
  }
}
