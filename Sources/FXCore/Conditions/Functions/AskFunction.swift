/// `ask`: the rate at which the publisher sells the base currency, in the same publication.
enum AskFunction: ConditionFunction {
  static let name = "ask"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try SideRate.expression(of: call, .ask, in: &checker)
  }
}
