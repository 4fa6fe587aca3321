/// The passage of a series, or of a value of it, across a level with one publication.
///
/// Printed rates are compared as facts. A value, such as an average, is compared with the level of the
/// same publication, before and after.
struct Crossing: PredicateLeaf {
  /// The direction of the passage.
  enum Direction: Sendable {
    case above
    case below
    case either
  }

  let level: NumericExpression
  let direction: Direction

  /// The value that crosses the level; nil for the rate.
  var subject: NumericExpression?

  /// The time before the current publication within which the previous one is looked for.
  private static let earlier = Duration.seconds(31 * 86_400)

  /// Checks a call with one level, or with a value and a level; the result is an event, even if they are
  /// states.
  static func expression(
    of call: FunctionCall, _ direction: Direction, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    if call.arguments.count == 2,
      case (let subject, let own) = try call.level(0, &checker), own.kind != nil
    {
      let (level, others) = try call.level(1, &checker)
      try refuseUnknownBefore(own.joined(with: others), call, checker)
      var requirements = own.joined(with: others).ofEvent(in: &checker)
      requirements.reach.window += earlier
      requirements.reach.publications += 1
      return Expression(
        .leaf(Crossing(level: level, direction: direction, subject: subject)), requirements)
    }
    _ = try call.argument(checker)
    let (level, requirements) = try call.level(0, &checker)
    return Expression(
      .leaf(Crossing(level: level, direction: direction)), requirements.ofEvent(in: &checker))
  }

  /// Rejects a value that is not known of the publication before.
  private static func refuseUnknownBefore(
    _ requirements: Requirements, _ call: FunctionCall, _ checker: TypeChecker
  ) throws(ConditionProblem) {
    guard requirements.readsSiblings || !requirements.sources.isEmpty || requirements.usesCalendar
    else { return }
    throw checker.problem(
      call.arguments[0].range,
      "'\(call.name)' compares with the publication before, of which the rates of other pairs and sources"
        + " and missed publications are not known; compare the current one, as in cross(EUR/USD) > 1.1"
    )
  }

  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    if let subject { return truth(of: subject, on: view, at: moment) }
    guard let previous = view.previous else { return .missing(.previous) }
    let level: RateRange
    switch self.level.value(on: view, at: moment) {
    case .known(let range): level = range
    case .missing(let absence): return .missing(absence)
    }
    let before = view.range(of: previous)
    let after = view.range(of: view.current)
    return .known(truth((before, level), (after, level)))
  }

  private func truth(
    of subject: NumericExpression, on view: some SeriesView, at moment: Moment
  ) -> TruthResult {
    guard let earlier = PastSeries(before: view) else { return .missing(.previous) }
    let then = Moment(now: earlier.lastPublished, certainty: moment.certainty)
    let values = [
      subject.value(on: earlier, at: then), level.value(on: earlier, at: then),
      subject.value(on: view, at: moment), level.value(on: view, at: moment),
    ]
    var known: [RateRange] = []
    for value in values {
      switch value {
      case .known(let range): known.append(range)
      case .missing(let absence): return .missing(absence)
      }
    }
    return .known(truth((known[0], known[1]), (known[2], known[3])))
  }

  /// Returns the truth for a value and a level, before and after.
  private func truth(
    _ before: (value: RateRange, level: RateRange), _ after: (value: RateRange, level: RateRange)
  ) -> Truth {
    let above = before.value.isAbove(before.level).negated
      .and(after.value.isAbove(after.level))
    let below = before.value.isBelow(before.level).negated
      .and(after.value.isBelow(after.level))
    switch direction {
    case .above: return above
    case .below: return below
    case .either: return above.or(below)
    }
  }
}
