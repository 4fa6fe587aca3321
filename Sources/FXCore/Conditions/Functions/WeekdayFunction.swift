/// `weekday`, `weekday(Europe/Zurich)`: the day of the week of the evaluation, from 1 for Monday to 7 for
/// Sunday, in UTC or in a time zone.
enum WeekdayFunction: ConditionFunction {
  static let name = "weekday"
  static let usage: String? = "no arguments, or a time zone, as in weekday(Europe/Zurich)"
  static let isNeverNegative = true
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try CalendarNumber.expression(of: call, .weekday, in: &checker)
  }
}
