/// `weekday`: the day of the week of the evaluation in UTC, from 1 for Monday to 7 for Sunday.
enum WeekdayFunction: ConditionFunction {
  static let name = "weekday"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(
      .leaf(CalendarNumber(part: .weekday)), .number, Requirements(readsTimeOfDay: true))
  }
}
