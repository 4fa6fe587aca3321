/// `cross(KGS/KZT)`: the rate of one unit of a pair, computed from this source's own pairs.
enum CrossFunction: ConditionFunction {
  static let name = "cross"
  static let usage: String? = "a currency pair, as in cross(EUR/USD)"
  static let isNeverNegative = true
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (text, range) = try call.word(checker)
    guard let pair = CurrencyPair(text), pair.base != pair.quote else {
      throw checker.problem(
        range, "\(text.quoted) is not a currency pair; write it like EUR/USD")
    }
    return Expression(
      .leaf(CrossRate(pair: pair)), .rate, Requirements(kind: .state, readsSiblings: true))
  }
}
