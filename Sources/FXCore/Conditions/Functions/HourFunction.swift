/// `hour`: the hour of the evaluation in UTC, from 0 to 23.
enum HourFunction: ConditionFunction {
  static let name = "hour"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(
      .leaf(CalendarNumber(part: .hour)), .number, Requirements(readsTimeOfDay: true))
  }
}
