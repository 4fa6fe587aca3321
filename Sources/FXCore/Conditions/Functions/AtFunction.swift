/// `at(24h)`: the rate of one unit that was valid when a window began.
enum AtFunction: ConditionFunction {
  static let name = "at"
  static let usage: String? = "one window, as in at(24h) or at(3 publications)"
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let reference = Reference.before(try call.window(&checker))
    return Expression(.printed(EarlierRate(reference: reference)), .rate, reference.requirements)
  }
}
