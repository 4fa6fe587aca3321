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

  private var rules: [Rule] { ruleIndex.rules }

  /// A tracker without alerts.
  package init(_ ruleIndex: RuleIndex, _ suppressions: Suppressions, notifies: Bool) {
    self.ruleIndex = ruleIndex
    self.suppressions = suppressions
    self.notifies = notifies
  }

  /// The evaluator of one decision.
  package var evaluator: AlertEvaluator {
    AlertEvaluator(ruleIndex, alarms, suppressions, notifies: notifies)
  }

  // MARK: Restoring

  /// Restores stored alerts whose rule is unchanged, and has them evaluated at once; the others end,
  /// which `changes` receives.
  package mutating func restore(
    _ alerts: [AlertKey: AlertState], into tables: inout SeriesTables, now: Timestamp,
    changes: inout Changeset
  ) {
    for (key, state) in alerts {
      if let rule = ruleIndex.index(of: key.rule), let memory = tables[key.series],
        memory.rules.contains(rule), rules[rule].fingerprint == state.ruleFingerprint
      {
        tables.setProgress(state.progress, of: key)
        alarms[key] = now
      } else {
        changes.alerts[key] = .some(nil)
        if let firing = state.progress.firing { changes.resolved[firing.alertID] = now }
      }
    }
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
