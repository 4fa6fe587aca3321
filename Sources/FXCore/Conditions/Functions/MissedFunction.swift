/// `missed`: the number of publications that are missing according to the source's calendar.
enum MissedFunction: ConditionFunction {
  static let name = "missed"
  static let usage: String? = nil
  static let isNeverNegative = true

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try call.withoutArguments(checker)
    return Expression(
      .leaf(MissedPublications()), .number, Requirements(kind: .state, usesCalendar: true))
  }
}
