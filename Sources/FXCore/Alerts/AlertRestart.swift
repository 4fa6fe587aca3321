/// The changes of alerts that a new config causes, which the first decision makes.
struct AlertRestart: Sendable {
  /// Alerts that end, or end for some notifiers.
  var closures: [AlertClosure] = []

  /// Alerts of changed rules, which go on if the rule holds.
  var changed: [Changed] = []

  /// The firing alert of a changed rule.
  struct Changed: Sendable {
    let key: AlertKey
    let alertID: String

    /// Its end, if the rule no longer holds; nil where it was not sent.
    let end: AlertClosure?

    /// Its end for notifiers that no longer receive it, if the rule holds; nil where there are none.
    let loss: AlertClosure?
  }

  /// True if nothing is left to do.
  var isEmpty: Bool { closures.isEmpty && changed.isEmpty }
}

extension AlertEvaluator {
  /// Ends alerts that a new config ends, and evaluates state rules that are new or changed on what is
  /// known.
  ///
  /// Any other state rule without an alert is evaluated as well; it does not hold, because it was
  /// evaluated on the same rates. Cost: that of a publication of every source.
  package func restart(
    _ tracker: AlertTracker, _ views: SeriesViews, _ corrections: AlertCorrections,
    in decision: DecisionBuilder
  ) {
    for closure in tracker.restart.closures.sorted(by: { $0.key < $1.key }) {
      closure.notify(in: decision)
    }
    let others = OtherSeries(views.tables)
    for alert in tracker.restart.changed.sorted(by: { $0.key < $1.key }) {
      if holds(alert.key, views, others, at: decision.now) {
        alert.loss?.notify(in: decision)
      } else {
        alert.end?.notify(in: decision)
        decision.changeset.alerts[alert.key] = .some(nil)
        decision.changeset.resolved[alert.alertID] = decision.now
        decision.setAlarm(alert.key, at: nil)
      }
    }
    for name in views.sources.order {
      evaluateStates(of: name, views, others, corrections, in: decision)
    }
  }

  /// True unless the condition of an alert's rule is certainly false, as of its last evaluation.
  private func holds(
    _ key: AlertKey, _ views: SeriesViews, _ others: OtherSeries, at now: Timestamp
  ) -> Bool {
    if key.series.isGroup { return groupHolds(key, views, at: now) }
    guard let index = ruleIndex.index(of: key.rule), let view = views.view(of: key.series, others)
    else { return false }
    let rule = rules[index]
    return rule.condition.evaluateBriefly(
      on: AlertSeries(view, view.table[view.index].rules.alert(of: index)),
      at: rule.usesClock ? now : views.lastEvaluation(of: rule, on: view),
      certainty: rule.certainty) != .doesNotHold
  }

  /// Arms the alert of an event rule that is new or changed.
  private func arm(
    _ index: Int, on view: EvaluatedSeries, at now: Timestamp, in decision: DecisionBuilder
  ) {
    guard rules[index].end.map({ now < $0 }) ?? true else { return }
    var progress = AlertProgress(.inactive)
    progress.arming = AlertArming(at: now)
    let key = AlertKey(rule: rules[index].name, series: view.series)
    decision.changeset.alerts[key] = AlertState(
      progress, ruleFingerprint: rules[index].fingerprint,
      recipients: rules[index].recipients(among: notifiers))
  }

  /// Evaluates the state rules without an alert on the series that a source lists, and arms the others that
  /// need it.
  ///
  /// The rest of a page that a crash interrupted is evaluated when it is read again.
  private func evaluateStates(
    of name: SourceName, _ views: SeriesViews, _ others: OtherSeries,
    _ corrections: AlertCorrections, in decision: DecisionBuilder
  ) {
    guard let known = views.tables.bySource[name], let source = views.sources.byName[name],
      source.state.unfinished == nil
    else { return }
    for index in ruleIndex.groups(at: name)
    where rules[index].kind == .state && known.groups[index] == nil {
      evaluateGroup(
        AlertKey(rule: rules[index].name, series: .group(of: name)), cause: .start, views,
        corrections, in: decision)
    }
    for memory in known.table.all where memory.isListed {
      let rate = memory.latest.rate
      let candidates = memory.rules.moved(from: rate, to: rate).filter { index in
        (rules[index].kind == .state || rules[index].isArmed)
          && memory.rules.alert(of: index) == nil
      }
      guard !candidates.isEmpty, let view = views.view(of: memory.series, others) else { continue }
      for index in candidates {
        let rule = rules[index]
        guard rule.kind == .state else {
          arm(index, on: view, at: decision.now, in: decision)
          continue
        }
        let fired = decision.firedCount
        let key = AlertKey(rule: rule.name, series: memory.series)
        evaluate(
          [index], on: view,
          EvaluationContext(
            cause: .start, publication: view.publication,
            origin: corrections.clockOrigin(of: key, after: source.state.history),
            now: decision.now,
            lastEvaluation: rule.usesClock ? nil : views.lastEvaluation(of: rule, on: view)),
          in: decision)
        corrections.recordClockAlert(firedAfter: fired, of: rule, at: view.printed, in: decision)
      }
    }
  }
}
