/// The passage of a series across a level with one publication, printed figures compared as facts.
struct Crossing: SeriesEvent {
  /// Which way counts.
  enum Direction: Sendable {
    case above
    case below
    case either
  }

  let level: NumericExpression
  let direction: Direction

  /// A crossing function's meaning.
  ///
  /// It is an event whatever its level is made of.
  static func meaning(
    of call: FunctionCall, _ direction: Direction, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    _ = try call.argument(checker)
    let (level, needs) = try call.level(0, &checker)
    return Expression(
      .leaf(Crossing(level: level, direction: direction)), needs.ofEvent(in: &checker))
  }

  var levels: [Fraction]? { level.exactConstant.map { [$0] } }

  @_specialize(where View == JudgedSeries)
  func answer<View: SeriesView>(on view: View, at moment: Moment) -> Answer {
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

extension Requirements {
  /// The needs of an event whose arguments have these.
  func ofEvent(in checker: inout TypeChecker) -> Requirements {
    if usesClock { checker.noteOpenClockUse() }
    var needs = self
    needs.kind = .event
    return needs
  }
}
