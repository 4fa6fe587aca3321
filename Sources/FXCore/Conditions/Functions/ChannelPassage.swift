/// The passage of a series into or out of a channel with one publication.
///
/// The edges belong to the channel. Printed rates are compared as facts.
struct ChannelPassage: PredicateLeaf {
  let low: NumericExpression
  let high: NumericExpression
  let inwards: Bool

  /// Checks a call with two edges; the result is an event, even if the edges are states.
  static func expression(
    of call: FunctionCall, inwards: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    guard call.arguments.count == 2 else {
      throw checker.problem(
        call.arguments.dropFirst(2).first?.range ?? call.mark, call.usage)
    }
    let (low, lowRequirements) = try call.level(0, &checker)
    let (high, highRequirements) = try call.level(1, &checker)
    if case .constant(let lower) = low, case .constant(let upper) = high,
      upper.printed < lower.printed
    {
      throw checker.problem(
        call.arguments[1].range, "the second rate is below the first; write the lower rate first")
    }
    return Expression(
      .leaf(ChannelPassage(low: low, high: high, inwards: inwards)),
      lowRequirements.joined(with: highRequirements).ofEvent(in: &checker))
  }

  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    guard let previous = view.previous else { return .missing(.previous) }
    switch (low.value(on: view, at: moment), high.value(on: view, at: moment)) {
    case (.known(let low), .known(let high)):
      let before = view.range(of: previous).isWithin(low, high)
      let after = view.range(of: view.current).isWithin(low, high)
      return .known(inwards ? before.negated.and(after) : before.and(after.negated))
    case (.missing(let absence), _), (_, .missing(let absence)):
      return .missing(absence)
    }
  }
}

extension RateRange {
  /// Returns the truth of "this value lies between two others, or is equal to one of them".
  fileprivate func isWithin(_ low: RateRange, _ high: RateRange) -> Truth {
    isBelow(low).negated.and(isAbove(high).negated)
  }
}
