/// `bid`: the rate at which the publisher buys the base currency, in the same publication.
enum BidFunction: ConditionFunction {
  static let name = "bid"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try SideRate.expression(of: call, .bid, in: &checker)
  }
}
