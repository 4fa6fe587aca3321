/// `first(day)`: this publication is the first one of the day, week, month, quarter or year in UTC.
enum FirstFunction: ConditionFunction {
  static let name = "first"
  static let usage: String? = "one of day, week, month, quarter or year, as in first(day)"
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (word, range) = try call.word(checker)
    guard let period = CalendarPeriod(rawValue: word) else {
      throw checker.problem(range, call.usage)
    }
    return Expression(.leaf(FirstOfPeriod(period: period)), Requirements(kind: .event))
  }
}
