/// How a rule came to what it said of a series.
package struct RuleExplanation: Sendable {
  package let rule: Rule
  package let series: Series

  /// The figure that was judged, the one before it, and the tick of the series.
  package let current: SeriesPoint
  package let previous: SeriesPoint?
  package let tick: Fraction

  /// What the condition came to, and how.
  package let verdict: Verdict
  package let steps: [ConditionStep]

  /// Likewise what the rule's own end came to; empty where it has none.
  package let releaseSteps: [ConditionStep]

  /// How far the alert has come; nil while it is inactive.
  package let phase: AlertState.Phase?

  /// When it was asked.
  package let at: Timestamp
}

extension Backtest {
  /// How the latest publication of a series was judged, by now where the rule looks at the clock; nil
  /// where the series was never printed.
  package func explanation(of rule: Rule, on series: Series, at now: Timestamp) -> RuleExplanation?
  {
    engine.explanation(of: rule, on: series, at: now)
  }

  /// The series that a rule watches, sorted.
  package func series(watchedBy rule: Rule) -> [Series] { engine.series(watchedBy: rule) }
}

extension Engine {
  /// How the latest publication of a series was judged, by now where the rule looks at the clock; nil
  /// where the series was never printed.
  func explanation(of rule: Rule, on series: Series, at now: Timestamp) -> RuleExplanation? {
    guard let view = lastJudged(series) else { return nil }
    // Time alone moves nothing of a rule that does not look at the clock: it says what it said.
    let moment = rule.usesClock ? now : view.lastPublished
    return RuleExplanation(
      rule: rule, series: series, current: view.current, previous: view.previous,
      tick: view.current.rate.tick(scale: max(view.scale, view.current.rate.printed.scale)),
      verdict: rule.condition.evaluate(on: view, at: moment, certainty: rule.certainty),
      steps: rule.condition.steps(on: view, at: moment, certainty: rule.certainty),
      releaseSteps: rule.release?.steps(on: view, at: moment, certainty: rule.certainty) ?? [],
      phase: tables.progress(of: AlertKey(rule: rule.name, series: series))?.phase, at: now)
  }

  /// The series that a rule watches, sorted.
  func series(watchedBy rule: Rule) -> [Series] {
    tables.all.map(\.series).filter { rule.watches($0) }.sorted()
  }

  /// A series as it was seen when its latest figure was judged: before that figure was remembered.
  private func lastJudged(_ series: Series) -> JudgedSeries? {
    guard let view = views.view(of: series, OtherSeries(tables)) else { return nil }
    let memory = view.table[view.index]
    guard memory.points.count > 1, view.current.publication == view.publication else { return view }
    let earlier = memory.withoutLatest(keeping: ruleIndex.historyIndexes)
    return JudgedSeries(
      table: [earlier], index: 0, current: view.current,
      previous: tables.bySource[series.source]?.previous(of: view.current, in: earlier),
      scale: view.scale,
      lastPublished: view.lastPublished, publication: view.publication,
      publishedChange: view.publishedChange, isRevision: view.isRevision, context: view.context)
  }
}
