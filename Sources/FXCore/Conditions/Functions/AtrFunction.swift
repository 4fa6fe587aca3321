/// `atr(14 publications)`, `atr(14)`: the average true range of a window, which is `avg(abs(delta), 14 publications)`
/// where a publication has one rate.
enum AtrFunction: ConditionFunction {
  static let name = "atr"
  static let usage: String? = "one window, as in atr(14 publications)"
  static let isNeverNegative = true
  static let countsPublications = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (window, isBefore) = try call.windowOrBefore(&checker)
    return try ExpressionStatistic.expression(
      ExpressionStatistic(
        kind: .average, subject: .magnitude(.leaf(AbsoluteMove(reference: .previous))),
        window: window, isBefore: isBefore), .rate, at: call.arguments[0].range, in: checker)
  }
}
