/// Evaluates rules, moves their alerts, and creates the notifications of alerts, for one decision.
///
/// Changes nothing but the decision. A reference, because it is used for every line of a publication,
/// and a copy of the state would cost more than most evaluations.
package final class AlertEvaluator {
  let ruleIndex: RuleIndex
  let rules: [Rule]
  private let alarms: Alarms
  private let suppressions: Suppressions

  /// The names of the notifiers that the config has.
  let notifiers: [String]

  /// True if notifications are delivered; otherwise their data is written only if it is read.
  private let notifies: Bool

  /// The identity of the rule that moved an alert last, because a rule often moves many in a row.
  @exclusivity(unchecked) private var latestIdentity: (rule: Int, identity: RuleIdentity)?

  /// An evaluator over the state of a tracker.
  init(
    _ ruleIndex: RuleIndex, _ alarms: Alarms, _ suppressions: Suppressions, notifiers: [String],
    notifies: Bool
  ) {
    self.ruleIndex = ruleIndex
    self.notifiers = notifiers
    rules = ruleIndex.rules
    self.alarms = alarms
    self.suppressions = suppressions
    self.notifies = notifies
  }

  // MARK: Evaluation

  /// Evaluates rules, given by their indices, on a series that they watch, and moves their alerts.
  func evaluate(
    _ indices: [Int], on view: EvaluatedSeries, _ context: EvaluationContext,
    in decision: DecisionBuilder
  ) {
    for index in indices {
      // Nearly always: no alert.
      guard view.table[view.index].rules.hasAlert(of: index),
        let progress = view.table[view.index].rules.alert(of: index)
      else {
        evaluateInactive(index, on: view, context, in: decision)
        continue
      }
      let verdict = verdict(of: index, progress, on: view, context)
      if verdict == .holds,
        AlertMachine.isUnchanged(whileHolding: progress, under: rules[index]),
        alarms[AlertKey(rule: rules[index].name, series: view.series)] == nil
      {
        continue
      }
      move(progress, verdict, of: EvaluatedAlert(rules, index, on: view, context), in: decision)
    }
  }

  /// Evaluates a rule without an alert on a series; nearly always there is none to fire.
  @inline(__always)
  private func evaluateInactive(
    _ index: Int, on view: EvaluatedSeries, _ context: EvaluationContext,
    in decision: DecisionBuilder
  ) {
    if let end = rules[index].end, end <= context.now { return }
    let verdict = verdict(of: index, nil, on: view, context)
    if verdict != .holds, !rules[index].usesClock, !isArmed(index) { return }
    move(nil, verdict, of: EvaluatedAlert(rules, index, on: view, context), in: decision)
  }

  /// Evaluates the condition of a rule on a series.
  ///
  /// The clock alone neither fires nor resolves an alert of a rule that does not depend on the clock:
  /// its condition is evaluated as at its last evaluation, and only where that can matter, for an alert
  /// that is pending for a time.
  @inline(__always)
  private func verdict(
    of index: Int, _ progress: AlertProgress?, on view: EvaluatedSeries,
    _ context: EvaluationContext
  ) -> Verdict {
    guard isMoved(index, progress, by: context.cause) else { return .undecided }
    guard isArmed(index) else {
      return rules[index].condition.evaluateBriefly(
        on: view, at: context.moment, certainty: rules[index].certainty)
    }
    return rules[index].condition.verdict(
      on: view, progress, context, certainty: rules[index].certainty)
  }

  /// True if an evaluation for a cause can move an alert by its condition.
  @inline(__always)
  func isMoved(
    _ index: Int, _ progress: AlertProgress?, by cause: EvaluationContext.Cause
  ) -> Bool {
    guard cause == .clock, !rules[index].usesClock else { return true }
    guard case .pending = progress?.phase, case .time = rules[index].hold else { return false }
    return true
  }

  /// True for a rule that has windows since its alerts were armed or fired, as few do.
  @inline(__always)
  private func isArmed(_ index: Int) -> Bool {
    ruleIndex.lookback.isSinceArmed && rules[index].isArmed
  }

  /// Steps an alert, records its transition, and sets its alarm.
  func move(
    _ progress: AlertProgress?, _ verdict: Verdict, of alert: EvaluatedAlert,
    in decision: DecisionBuilder
  ) {
    if progress == nil, verdict != .holds, !alert.rule.isArmed {
      setAlarm(of: alert, nil, in: decision)
      return
    }
    let (next, transition) = AlertMachine.step(
      progress, on: input(for: alert, progress, verdict, in: decision), under: alert.rule.policy)
    if next != progress {
      decision.changeset.alerts[alert.key] = .some(
        next.map {
          AlertState(
            $0, ruleFingerprint: identity(of: alert).fingerprint,
            recipients: alert.rule.recipients(among: notifiers))
        })
    }
    if let transition {
      record(transition, of: alert, from: progress, to: next, in: decision)
    }
    if next != nil || progress != nil || alert.rule.usesClock {
      setAlarm(of: alert, next, in: decision)
    }
  }

  private func input(
    for alert: EvaluatedAlert, _ progress: AlertProgress?, _ verdict: Verdict,
    in decision: DecisionBuilder
  ) -> AlertInput {
    let context = alert.context
    let clockApplies = context.cause != .clock || alert.rule.usesClock
    let release =
      clockApplies && progress != nil ? self.release(of: alert, progress) : nil
    var input = AlertInput(
      verdict: verdict, release: release, publication: context.publication,
      isPublication: context.cause == .publication || context.cause == .start, now: context.now,
      // An alert that fires keeps its identifier.
      newAlertID: (verdict == .holds || progress?.flapping == true) && progress?.firing == nil
        ? decision.alertID(alert.digest(of: identity(of: alert))) : "")
    input.isRevision = context.cause == .revision
    input.isReturn =
      progress != nil && alert.group == nil && alert.rule.kind == .event && alert.view.returns
    input.isSilenced = silence(of: alert) != nil
    if let alertID = progress?.firing?.alertID {
      input.isAcknowledged =
        suppressions.acknowledgement(of: alertID, at: context.now) != nil
    }
    return input
  }

  private func release(of alert: EvaluatedAlert, _ progress: AlertProgress?) -> Verdict? {
    if let group = alert.group { return group.release }
    return alert.rule.release?.verdict(
      on: alert.view, progress, alert.context, certainty: alert.rule.releaseCertainty)
  }

  /// Returns the identity of an alert's rule.
  private func identity(of alert: EvaluatedAlert) -> RuleIdentity {
    if let latestIdentity, latestIdentity.rule == alert.index { return latestIdentity.identity }
    let identity = RuleIdentity(alert.rule)
    latestIdentity = (alert.index, identity)
    return identity
  }

  /// Returns the silence that mutes an alert; nil where none does.
  func silence(of alert: EvaluatedAlert) -> Silence? {
    suppressions.silences.isEmpty
      ? nil
      : suppressions.silence(
        of: SilenceTarget(alert.rule, on: alert.key.series), at: alert.context.now)
  }

  // MARK: Notifications

  /// Records a transition from one progress to another, and creates its notification.
  private func record(
    _ transition: AlertTransition, of alert: EvaluatedAlert, from earlier: AlertProgress?,
    to progress: AlertProgress?, in decision: DecisionBuilder
  ) {
    switch transition {
    case .resolved(let alertID, _, _, _), .expired(let alertID, _, _):
      decision.changeset.resolved[alertID] = alert.context.now
    case .fired, .reminded, .announced: break
    }
    var event = AlertEvent(transition)
    if let limit = alert.rule.limit, silence(of: alert) == nil {
      event.limitEffect = transition.limitEffect(of: limit, from: earlier, to: progress)
    }
    var repeated: Timestamp?
    if case .reminded = transition { repeated = earlier?.lastNotified }
    let evidence = notify(event, of: alert, after: repeated, in: decision)
    guard case .fired(let alertID, _) = transition else { return }
    decision.recordFired(
      AlertRecord(
        id: alertID, key: alert.key, kind: alert.rule.policy.kind, severity: alert.rule.severity,
        firedAt: alert.context.now, resolvedAt: nil, data: evidence.text))
  }

  /// Creates a notification about an alert; without recipients where a silence mutes it, where `at_most`
  /// withholds it, or where the firing that it follows was not sent.
  ///
  /// A reminder is identified by `notified`, the time of the notification before.
  private func notify(
    _ event: AlertEvent, of alert: EvaluatedAlert, after notified: Timestamp?,
    in decision: DecisionBuilder
  ) -> Evidence {
    // The resolution of an alert that was sent is sent even if silenced: an incident opened in another
    // system has to be closed there.
    let isSentAlways = event.type == .alertResolved && event.wasNotified
    let silence = isSentAlways ? nil : silence(of: alert)
    var isSent = silence == nil && event.wasNotified
    if case .withheld? = event.limitEffect { isSent = false }
    let subject = AlertPayload.Subject(alert, alertID: event.alertID)
    let evidence =
      notifies
      ? AlertPayload.evidence(subject, event, silence: silence?.id)
      : Self.deferred(subject, event, silence: silence?.id)
    decision.notify(
      event.type, evidence, orderingKey: alert.key.orderingKey,
      to: isSent ? alert.rule.notify : [],
      digest: event.digest(of: alert, after: notified))
    return evidence
  }

  /// Returns evidence that is written only if it is read.
  private static func deferred(
    _ subject: AlertPayload.Subject, _ event: AlertEvent, silence: Int64?
  ) -> Evidence {
    Evidence(
      deferring: { AlertPayload.evidence(subject, event, silence: silence) },
      severity: subject.rule.severity, silence: silence)
  }

  // MARK: The clock

  /// Sets or cancels the alarm of an alert that time alone can move.
  private func setAlarm(
    of alert: EvaluatedAlert, _ progress: AlertProgress?, in decision: DecisionBuilder
  ) {
    let now = alert.context.now
    var alarm = progress.flatMap {
      AlertMachine.nextMove(of: $0, under: alert.rule, suppression(of: alert, $0), after: now)
    }
    func consider(_ instant: Timestamp?) {
      if let instant, instant > now { alarm = min(alarm ?? instant, instant) }
    }
    if alert.rule.usesClock {
      for view in alert.group?.members.compactMap(\.view) ?? [alert.view] {
        consider(alert.rule.condition.nextClockChange(after: now, on: view))
        consider(alert.rule.release?.nextClockChange(after: now, on: view))
      }
    }
    if alarm != nil || alarms[alert.key] != nil { decision.setAlarm(alert.key, at: alarm) }
  }

  private func suppression(
    of alert: EvaluatedAlert, _ progress: AlertProgress
  ) -> AlertSuppression {
    var suppression = AlertSuppression()
    guard let alertID = progress.firing?.alertID else { return suppression }
    suppression.silencedUntil = silence(of: alert)?.until
    if let known = suppressions.acknowledgement(of: alertID, at: alert.context.now) {
      suppression.acknowledgement = known.until.map { .until($0) } ?? .untilResolved
    }
    return suppression
  }

  /// Evaluates the alerts whose alarm is due, on the current rates.
  ///
  /// An alert that fires becomes the one before the next for `corrections`.
  package func evaluateDue(
    _ views: SeriesViews, _ corrections: AlertCorrections, in decision: DecisionBuilder
  ) {
    for key in alarms.due(at: decision.now) {
      decision.setAlarm(key, at: nil)
      if key.series.isGroup {
        evaluateGroup(key, cause: .clock, views, corrections, in: decision)
        continue
      }
      guard let source = views.sources.byName[key.series.source],
        let rule = ruleIndex.index(of: key.rule),
        let view = views.view(of: key.series, OtherSeries(views.tables)),
        view.table[view.index].rules.contains(rule)
      else { continue }
      let fired = decision.firedCount
      evaluate(
        [rule], on: view,
        EvaluationContext(
          cause: .clock, publication: source.state.latestPublication,
          origin: corrections.clockOrigin(of: key, after: source.state.history), now: decision.now,
          lastEvaluation: rules[rule].usesClock
            ? nil : views.lastEvaluation(of: rules[rule], on: view)),
        in: decision)
      corrections.recordClockAlert(
        firedAfter: fired, of: rules[rule], at: view.current, in: decision)
    }
  }

  /// Sets the alarms of all rules that depend on the clock on the series of a source to now: a poll
  /// revealed that a publication is missing.
  package func evaluateClockRules(of source: SourceSeries, in decision: DecisionBuilder) {
    for key in ruleIndex.clockAlerts(on: source) { decision.setAlarm(key, at: decision.now) }
  }
}
