/// The time-driven moves of alerts, other than by the verdict of a publication: the one place that
/// knows them.
///
/// An evaluation that can change nothing is skipped, and the clock evaluates an alert only when its
/// next move is due; both rely on the answers given here. A new way for time to move an alert is
/// added to `step` and to these functions.
extension AlertMachine {
  /// Returns the next time after `now` at which time alone moves an alert; nil where only a
  /// publication can.
  ///
  /// The conditions of the rule are not considered: see `Condition.nextClockChange`.
  package static func nextMove(
    of progress: AlertProgress, under rule: Rule, _ suppression: AlertSuppression,
    after now: Timestamp
  ) -> Timestamp? {
    var next: Timestamp?
    func consider(_ instant: Timestamp?) {
      if let instant, instant > now { next = min(next ?? instant, instant) }
    }
    if case .pending(_, let since) = progress.phase, case .time(let duration) = rule.hold {
      consider(since + duration)
    }
    if progress.firing != nil, progress.flapping == nil {
      consider(nextNotification(of: progress, under: rule, suppression, at: now))
    }
    if progress.phase != .retired { consider(rule.end) }
    return next
  }

  /// Returns when a firing alert is next sent: if it was never sent, at the end of its silence, once
  /// `at_most` allows it; else with the next reminder, not before a silence or acknowledgement ends.
  private static func nextNotification(
    of progress: AlertProgress, under rule: Rule, _ suppression: AlertSuppression, at now: Timestamp
  ) -> Timestamp? {
    let audible = suppression.silencedUntil ?? now
    guard let notified = progress.lastNotified else {
      // As in `spend`, times after now do not count.
      let sent = progress.sent.filter { $0 <= now }
      return max(audible, rule.limit?.nextAllowed(after: sent) ?? audible)
    }
    guard let period = rule.remind else { return nil }
    switch suppression.acknowledgement {
    case .none: return max(notified + period, audible)
    case .until(let end): return max(notified + period, audible, end)
    case .untilResolved: return nil
    }
  }

  /// True if an alert stays as it is, and nothing is sent, for as long as its rule's condition holds.
  ///
  /// Not considered: an alarm that is set for the alert.
  package static func isUnchanged(whileHolding progress: AlertProgress, under rule: Rule) -> Bool {
    movesOnlyToItsEnd(progress, under: rule) && rule.release == nil && !rule.usesClock
  }

  /// True if an alert stays as it is, and nothing is sent, for as long as the series keeps its rate;
  /// `holds` evaluates a condition on that rate.
  ///
  /// Only for rules whose conditions consist of thresholds (`Condition.levels`).
  package static func isSettled(
    _ progress: AlertProgress?, under rule: Rule, holds: (Condition) -> Bool
  ) -> Bool {
    guard let progress else { return !holds(rule.condition) }
    switch progress.phase {
    case .retired: return true
    case .inactive, .pending: return false
    case .firing:
      guard movesOnlyToItsEnd(progress, under: rule) else { return false }
      return rule.release.map { !holds($0) } ?? holds(rule.condition)
    }
  }

  /// True if an alert fires, its firing was sent, and nothing but its end is to be sent.
  private static func movesOnlyToItsEnd(_ progress: AlertProgress, under rule: Rule) -> Bool {
    progress.firing != nil && progress.flapping == nil && progress.lastNotified != nil
      && rule.remind == nil && rule.expires == nil
  }
}
