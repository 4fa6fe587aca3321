/// `delta`, `delta(24h)`: the difference from the previous rate, or the one valid when a window began.
enum DeltaFunction: ConditionFunction {
  static let name = "delta"
  static let usage: String? = "at most one window, as in delta(24h) or delta(3 publications)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = try call.reference(&checker)
    return Expression(.leaf(AbsoluteMove(reference: reference)), .rate, reference.requirements)
  }
}
