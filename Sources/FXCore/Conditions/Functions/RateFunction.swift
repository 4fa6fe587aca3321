/// `rate`: the printed rate of one unit; `rate(ecb)`: that of another source for the same pair.
enum RateFunction: ConditionFunction {
  static let name = "rate"
  static let usage: String? = "no arguments, or the name of another source, as in rate(ecb)"
  static let isNeverNegative = true
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    guard !call.arguments.isEmpty else {
      return Expression(.rate, .rate, Requirements(kind: .state))
    }
    let (word, range) = try call.word(checker)
    if DurationText.parse(word) != nil {
      throw checker.problem(
        range, "'rate' takes no window; for an earlier rate write at(\(word))")
    }
    let (other, requirements) = try call.otherRate(&checker)
    return Expression(.leaf(other), .rate, requirements)
  }
}
