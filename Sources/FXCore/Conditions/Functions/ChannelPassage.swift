/// The passage of a series into or out of a channel with one publication.
///
/// The channel's edges belong to it; printed figures are compared as facts.
struct ChannelPassage: SeriesEvent {
  let low: NumericExpression
  let high: NumericExpression
  let inwards: Bool

  /// A channel function's meaning.
  ///
  /// It is an event whatever its edges are made of.
  static func meaning(
    of call: FunctionCall, inwards: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    guard call.arguments.count == 2 else {
      throw checker.problem(
        call.arguments.dropFirst(2).first?.range ?? call.mark, "'\(call.name)' takes \(call.takes)")
    }
    let (low, lowNeeds) = try call.level(0, &checker)
    let (high, highNeeds) = try call.level(1, &checker)
    if case .constant(let lower) = low, case .constant(let upper) = high,
      upper.printed < lower.printed
    {
      throw checker.problem(
        call.arguments[1].range, "the channel ends below its start; write the lower rate first")
    }
    return Expression(
      .leaf(ChannelPassage(low: low, high: high, inwards: inwards)),
      lowNeeds.joined(with: highNeeds).ofEvent(in: &checker))
  }

  var levels: [Fraction]? {
    low.exactConstant.flatMap { low in high.exactConstant.map { [low, $0] } }
  }

  @_specialize(where View == JudgedSeries)
  func answer<View: SeriesView>(on view: View, at moment: Moment) -> Answer {
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
  /// Whether this lies between the two, edges included.
  fileprivate func isWithin(_ low: RateRange, _ high: RateRange) -> Truth {
    isBelow(low).negated.and(isAbove(high).negated)
  }
}
