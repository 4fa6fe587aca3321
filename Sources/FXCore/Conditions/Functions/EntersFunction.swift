/// `enters(a, b)`: the series was outside the channel from a to b and is inside it with this publication.
enum EntersFunction: ConditionFunction {
  static let name = "enters"
  static let usage: String? = "two rates, the lower first, as in enters(0.0110, 0.0120)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try ChannelPassage.expression(of: call, inwards: true, in: &checker)
  }
}
