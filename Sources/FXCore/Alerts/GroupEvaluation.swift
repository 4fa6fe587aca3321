/// Evaluates the rules with one alert for all pairs of a source.
///
/// The condition is evaluated for each pair as that of any other rule; the alert follows the number of
/// pairs for which it holds.
extension AlertEvaluator {
  /// A pair that may be evaluated: its view, nil where it cannot be, and the moment as of which it is
  /// evaluated, nil for that of the publication.
  typealias GroupView = (series: Series, view: EvaluatedSeries?, moment: Timestamp?)

  /// Moves the alert of a rule by the verdicts on its pairs.
  func evaluate(
    _ group: AlertGroup, of index: Int, _ context: EvaluationContext, in decision: DecisionBuilder
  ) {
    if group.progress == nil, let end = rules[index].end, end <= context.now { return }
    guard let view = group.evidence?.view else { return }
    move(
      group.progress,
      isMoved(index, group.progress, by: context.cause) ? group.verdict : .undecided,
      of: EvaluatedAlert(rules, index, on: view, context, asEvidenceOf: group), in: decision)
  }

  /// Returns the verdicts of a rule on pairs.
  ///
  /// Cost: linear in the pairs.
  func group(
    _ index: Int, on pairs: [GroupView], _ context: EvaluationContext, _ progress: AlertProgress?
  ) -> AlertGroup {
    AlertGroup(
      pairs.map { pair in
        guard let view = pair.view else {
          return AlertGroup.Member(
            series: pair.series, view: nil, verdict: .unknown(because: Self.missing),
            isReleased: false)
        }
        let rule = rules[index]
        var context = context
        if let moment = pair.moment { context.lastEvaluation = moment }
        return AlertGroup.Member(
          series: pair.series, view: view,
          verdict: rule.condition.verdict(
            on: view, progress, context, certainty: rule.certainty),
          isReleased: rule.release?.verdict(
            on: view, progress, context, certainty: rule.releaseCertainty) == .holds)
      }, of: rules[index], progress)
  }

  private static let missing = "the source does not print the pair, or its rate is suspect"

  // MARK: Between publications

  /// Evaluates the rule of an alert about several pairs by the clock, or at a start.
  func evaluateGroup(
    _ key: AlertKey, cause: EvaluationContext.Cause, _ views: SeriesViews,
    _ corrections: AlertCorrections, in decision: DecisionBuilder
  ) {
    let source = key.series.source
    guard let index = ruleIndex.index(of: key.rule), rules[index].canAlert(on: key.series),
      let state = views.sources.byName[source]?.state, let known = views.tables.bySource[source]
    else { return }
    let pairs = views.members(of: rules[index], at: source)
    let fired = decision.firedCount
    let context = EvaluationContext(
      cause: cause, publication: state.latestPublication,
      origin: corrections.clockOrigin(of: key, after: state.history), now: decision.now,
      lastEvaluation: rules[index].usesClock
        ? nil
        : pairs.compactMap(\.view).map { views.lastEvaluation(of: rules[index], on: $0) }.max())
    let group = group(index, on: pairs, context, known.groups[index])
    evaluate(group, of: index, context, in: decision)
    if let evidence = group.evidence?.view {
      corrections.recordClockAlert(
        firedAfter: fired, of: rules[index], at: evidence.printed, evidence.pair, in: decision)
    }
  }

  /// Returns true unless too few pairs hold, as of the last evaluation.
  func groupHolds(_ key: AlertKey, _ views: SeriesViews, at now: Timestamp) -> Bool {
    guard let index = ruleIndex.index(of: key.rule),
      let known = views.tables.bySource[key.series.source]
    else { return false }
    let pairs = views.members(of: rules[index], at: key.series.source)
    let evaluated = pairs.compactMap(\.view)
      .map { views.lastEvaluation(of: rules[index], on: $0) }.max()
    let context = EvaluationContext(
      cause: .start, publication: 0, origin: .none, now: now,
      lastEvaluation: rules[index].usesClock ? nil : evaluated)
    return group(index, on: pairs, context, known.groups[index]).verdict != .doesNotHold
  }
}

extension SeriesViews {
  /// Returns the series of a source that a rule watches, in the order of pairs, with a view of each that is
  /// printed and not suspect.
  ///
  /// `others` are the rates of other series, by default those that are stored.
  func members(
    of rule: Rule, at source: SourceName, _ others: OtherSeries? = nil
  ) -> [AlertEvaluator.GroupView] {
    guard let known = tables.bySource[source] else { return [] }
    let others = others ?? OtherSeries(tables)
    return known.watched(by: rule).map { index in
      let memory = known.table.all[index]
      let isTrusted = memory.isListed && known.pendingSuspect(memory.key, at: index) == nil
      return (memory.series, isTrusted ? view(of: memory.series, others) : nil, nil)
    }
  }
}

extension SourceSeries {
  /// Returns the indices of the series that a rule watches, in the order of pairs.
  func watched(by rule: Rule) -> [Int] {
    table.all.indices.filter { rule.watches(table.all[$0].series) }
      .sorted { table.all[$0].key < table.all[$1].key }
  }
}
