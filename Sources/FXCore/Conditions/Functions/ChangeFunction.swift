/// `change`, `change(24h)`: the relative move against the previous rate, or the one valid when a window
/// began.
enum ChangeFunction: ConditionFunction {
  static let name = "change"
  static let usage: String? = "at most one window, as in change(24h) or change(3 publications)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = try call.reference(&checker)
    return Expression(.leaf(RelativeMove(reference: reference)), .percent, reference.requirements)
  }
}
