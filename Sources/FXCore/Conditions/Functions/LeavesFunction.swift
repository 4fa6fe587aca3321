/// `leaves(a, b)`: the series was inside the channel from a to b and is outside it with this publication.
enum LeavesFunction: ConditionFunction {
  static let name = "leaves"
  static let usage: String? = "two rates, the lower first, as in leaves(0.0110, 0.0120)"

  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    try ChannelPassage.expression(of: call, inwards: false, in: &checker)
  }
}
