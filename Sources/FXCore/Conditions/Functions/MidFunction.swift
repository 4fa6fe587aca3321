/// `mid`: the rate in the middle, as printed, in the same publication.
enum MidFunction: ConditionFunction {
  static let name = "mid"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try SideRate.expression(of: call, .mid, in: &checker)
  }
}
