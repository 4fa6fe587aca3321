/// The evaluation of a rule for a series, step by step.
///
/// It has more than ten properties because each is a line of the report.
package struct RuleExplanation: Sendable {
  package let rule: Rule
  package let series: Series

  /// The evaluated rate.
  package let current: SeriesPoint

  /// The rate before it.
  package let previous: SeriesPoint?

  /// The earlier rates that the condition's windows contain, oldest first, from the one that was valid
  /// where they begin; empty for a condition without windows.
  package let lookback: [SeriesPoint]

  /// The tick of the series.
  package let tick: Fraction

  /// The result of the condition.
  package let verdict: Verdict

  /// The steps of the condition's evaluation.
  package let steps: [ConditionStep]

  /// The steps of the release condition; empty without one.
  package let releaseSteps: [ConditionStep]

  /// The progress of the alert; nil while it is inactive.
  package let progress: AlertProgress?

  /// The time since which the source no longer prints the pair; nil where it does.
  package let vanishedSince: Timestamp?

  /// The time of the evaluation.
  package let at: Timestamp

  /// The pairs, where the rule has one alert for several.
  package let group: GroupSummary?
}

extension Backtest {
  /// Returns the evaluation of a rule for the latest publication of a series; nil for a series
  /// without a rate.
  ///
  /// A rule that uses the clock is evaluated at `now`, any other at the time of the publication.
  ///
  /// `progress` is that of the alert at that time, for windows since it was armed or fired; nil for the one
  /// of the back-test.
  package func explanation(
    of rule: Rule, on series: Series, at now: Timestamp, _ progress: AlertProgress? = nil
  ) -> RuleExplanation? {
    engine.explanation(of: rule, on: series, at: now, progress)
  }

  /// Returns the series that a rule watches, sorted.
  package func series(watchedBy rule: Rule) -> [Series] { engine.series(watchedBy: rule) }
}

extension Engine {
  /// Returns the evaluation of a rule for the latest publication of a series; nil for a series
  /// without a rate.
  ///
  /// A rule that uses the clock is evaluated at `now`, any other at the time of the publication.
  func explanation(
    of rule: Rule, on series: Series, at now: Timestamp, _ known: AlertProgress? = nil
  ) -> RuleExplanation? {
    guard let evaluated = views.view(of: series, OtherSeries(tables)) else { return nil }
    let key = AlertKey(
      rule: rule.name, series: rule.group == nil ? series : .group(of: series.source))
    let progress = tables.progress(of: key)
    let view = AlertSeries(evaluated, known ?? progress)
    // Time alone does not change the result of a rule that does not use the clock.
    let moment = rule.usesClock ? now : views.lastEvaluation(of: rule, on: evaluated)
    return RuleExplanation(
      rule: rule, series: series, current: evaluated.printed, previous: view.previous,
      lookback: Self.lookback(of: rule.condition, on: view, evaluated, at: moment),
      tick: view.current.rate.tick(scale: max(view.scale, view.current.rate.printed.scale)),
      verdict: rule.condition.evaluate(on: view, at: moment, certainty: rule.certainty),
      steps: rule.condition.steps(on: view, at: moment, certainty: rule.certainty),
      releaseSteps: rule.release?.steps(on: view, at: moment, certainty: rule.releaseCertainty)
        ?? [],
      progress: known ?? progress,
      vanishedSince: tables.disappearance(of: series)?.at, at: now,
      group: group(of: rule, at: series.source, moment, progress))
  }

  /// Returns the pairs of a rule with one alert for all of a source; nil for any other.
  private func group(
    of rule: Rule, at source: SourceName, _ moment: Timestamp, _ progress: AlertProgress?
  ) -> GroupSummary? {
    guard rule.group != nil, let index = ruleIndex.index(of: rule.name) else { return nil }
    let context = EvaluationContext(
      cause: .start, publication: 0, origin: .none, now: moment)
    let group = alerts.evaluator.group(
      index, on: views.members(of: rule, at: source), context, progress)
    return group.evidence?.view.map {
      GroupSummary(
        group, EvaluatedAlert(plan.rules, index, on: $0, context, asEvidenceOf: group))
    }
  }

  /// Returns the earlier rates that the windows of a condition contain.
  private static func lookback(
    of condition: Condition, on view: AlertSeries, _ evaluated: EvaluatedSeries,
    at moment: Timestamp
  ) -> [SeriesPoint] {
    let reach = condition.reach
    guard reach != .none else { return [] }
    let points = evaluated.history.points.prefix { $0.publication < evaluated.printed.publication }
    let start = reach.start(from: moment, number: evaluated.publication)
    var firsts: [Int?] = []
    if reach.publications > 0 {
      firsts.append(points.lastIndex { $0.publication <= start.publication })
    }
    if reach.window > .zero || reach.since != nil {
      firsts.append(points.lastIndex { $0.firstSeen.milliseconds <= start.time })
    }
    if reach.isSinceArmed {
      let armed = view.start(of: .armed)
      firsts.append(points.lastIndex { point in armed.map { point.firstSeen <= $0 } ?? true })
    }
    return Array(points[(firsts.map { $0 ?? 0 }.min() ?? 0)...])
  }

  /// Returns the series that a rule watches, sorted.
  func series(watchedBy rule: Rule) -> [Series] {
    tables.all.map(\.series).filter { rule.watches($0) }.sorted()
  }
}
