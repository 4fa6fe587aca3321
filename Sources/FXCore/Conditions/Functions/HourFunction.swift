/// `hour`, `hour(Europe/Zurich)`: the hour of the evaluation, from 0 to 23, in UTC or in a time zone.
enum HourFunction: ConditionFunction {
  static let name = "hour"
  static let usage: String? = "no arguments, or a time zone, as in hour(Europe/Zurich)"
  static let isNeverNegative = true
  static let expectsWord = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try CalendarNumber.expression(of: call, .hour, in: &checker)
  }
}
