/// Tracks when alerts are evaluated by the clock, and what mutes them.
///
/// Owns the alarms of alerts and the current silences and acknowledgements; the progress of alerts is
/// kept with the series (`SeriesTables`). Its `evaluator` evaluates rules and changes nothing here;
/// the changes come back through `absorb` once they are committed.
package struct AlertTracker: Sendable {
  private let ruleIndex: RuleIndex

  /// True if notifications are delivered; otherwise their data is written only if it is read.
  private let notifies: Bool

  /// The times at which alerts are evaluated by the clock.
  private(set) var alarms = Alarms()

  private(set) var suppressions: Suppressions

  /// The names of the notifiers that the config has.
  private let notifiers: [String]

  /// The changes that a new config causes, until they are committed.
  private(set) var restart = AlertRestart()

  private var rules: [Rule] { ruleIndex.rules }

  /// A tracker without alerts.
  package init(
    _ ruleIndex: RuleIndex, _ suppressions: Suppressions, notifiers: [String] = [], notifies: Bool
  ) {
    self.ruleIndex = ruleIndex
    self.notifiers = notifiers
    self.suppressions = suppressions
    self.notifies = notifies
  }

  /// The evaluator of one decision.
  package var evaluator: AlertEvaluator {
    AlertEvaluator(
      ruleIndex, alarms, suppressions, notifiers: notifiers, notifies: notifies)
  }

  // MARK: Restoring

  /// Restores stored alerts, and has them evaluated at once; `changes` receives the ends of those whose
  /// rule, pair or source the config no longer has, and `restart` what is left to do.
  ///
  /// `firings` has the data of the firings of alerts that may end.
  package mutating func restore(
    _ alerts: [AlertKey: AlertState], _ firings: [String: JSONText] = [:],
    into tables: inout SeriesTables, now: Timestamp, changes: inout Changeset
  ) {
    for (key, state) in alerts {
      let rule = ruleIndex.index(of: key.rule).flatMap { index in
        tables.hasAlert(of: index, on: key.series) ? rules[index] : nil
      }
      let end = state.end(
        of: key.series, under: ruleIndex.index(of: key.rule).map { rules[$0] },
        isSourceKnown: tables.bySource[key.series.source] != nil, notifiers: notifiers)
      if let rule, var progress = goesOn((key, state), end, under: rule, firings, &changes) {
        if rule.isArmed, progress.arming == nil {
          progress.arming = AlertArming(at: now)
          changes.alerts[key] = AlertState(
            progress, ruleFingerprint: rule.fingerprint,
            recipients: rule.recipients(among: notifiers))
        }
        tables.setProgress(progress, of: key)
        alarms[key] = now
        continue
      }
      changes.alerts[key] = .some(nil)
      guard let firing = state.progress.firing else { continue }
      changes.resolved[firing.alertID] = now
      let closure = AlertClosure(
        key, state, end ?? .pairRemoved, to: state.recipients, firings)
      if let closure { restart.closures.append(closure) }
    }
  }

  /// Returns the progress of an alert that goes on under a rule; nil for one that ends.
  ///
  /// A firing alert of a changed rule goes on until the rule is evaluated.
  private mutating func goesOn(
    _ alert: (key: AlertKey, state: AlertState), _ end: AlertEnd?, under rule: Rule,
    _ firings: [String: JSONText], _ changes: inout Changeset
  ) -> AlertProgress? {
    let (key, state) = alert
    guard let end else { return state.progress }
    let lost = state.lostRecipients(under: rule, notifiers)
    let loss =
      lost.isEmpty ? nil : AlertClosure(key, state, .notifierChanged, to: lost, firings)
    var progress = state.progress
    switch end {
    case .notifierChanged:
      if let loss { restart.closures.append(loss) }
    case .ruleChanged:
      guard rule.kind == .state, let firing = progress.firing else { return nil }
      progress.transitions = []
      progress.flapping = nil
      restart.changed.append(
        AlertRestart.Changed(
          key: key, alertID: firing.alertID,
          end: AlertClosure(key, state, .ruleChanged, to: state.recipients, firings), loss: loss))
    case .condition, .expired, .pairRemoved, .ruleRemoved, .sourceRemoved: return nil
    }
    changes.alerts[key] = AlertState(
      progress, ruleFingerprint: rule.fingerprint,
      recipients: rule.recipients(among: notifiers))
    return progress
  }

  /// Sets the alarms of all rules that depend on the clock to now: their time may have passed while
  /// fxwatch was not running.
  package mutating func setClockAlarms(on tables: SeriesTables, now: Timestamp) {
    for source in tables.bySource.values {
      for key in ruleIndex.clockAlerts(on: source) { alarms[key] = now }
    }
  }

  // MARK: Changes

  /// Absorbs the committed alarms.
  package mutating func absorb(_ decision: Decision) {
    if decision.containsStartup { restart = AlertRestart() }
    for alarm in decision.alarms { alarms[alarm.key] = alarm.at }
  }

  /// Sets the silences and acknowledgements, and has every firing alert evaluated at the next wake-up.
  ///
  /// Cost: linear in the series and in the firing alerts.
  package mutating func setSuppressions(
    _ suppressions: Suppressions, on tables: SeriesTables, now: Timestamp
  ) {
    self.suppressions = suppressions
    for alert in tables.firing {
      alarms[AlertKey(rule: rules[alert.rule].name, series: alert.series)] = now
    }
  }
}
