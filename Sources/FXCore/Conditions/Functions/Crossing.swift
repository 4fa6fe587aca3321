/// The passage of a series across a level with one publication.
///
/// Printed rates are compared as facts.
struct Crossing: PredicateLeaf {
  /// The direction of the passage.
  enum Direction: Sendable {
    case above
    case below
    case either
  }

  let level: NumericExpression
  let direction: Direction

  /// Checks a call with one level; the result is an event, even if the level is a state.
  static func expression(
    of call: FunctionCall, _ direction: Direction, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    _ = try call.argument(checker)
    let (level, requirements) = try call.level(0, &checker)
    return Expression(
      .leaf(Crossing(level: level, direction: direction)), requirements.ofEvent(in: &checker))
  }

  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    guard let previous = view.previous else { return .missing(.previous) }
    let level: RateRange
    switch self.level.value(on: view, at: moment) {
    case .known(let range): level = range
    case .missing(let absence): return .missing(absence)
    }
    let before = view.range(of: previous)
    let after = view.range(of: view.current)
    let above = before.isAbove(level).negated.and(after.isAbove(level))
    let below = before.isBelow(level).negated.and(after.isBelow(level))
    switch direction {
    case .above: return .known(above)
    case .below: return .known(below)
    case .either: return .known(above.or(below))
    }
  }
}
