/// A picture of the engine at one instant: its sources, firing alerts and delivery queues.
///
/// An immutable value, taken between two events, so it never shows half a decision. It is built only
/// when it is asked for (a status request, a watchdog probe), never per event.
package struct EngineSnapshot: Hashable, Sendable {
  /// The largest number of alerts listed; the others are only counted.
  ///
  /// A storm can fire every rule on every series; a longer list is of no use, and this bounds
  /// the answer to a status request to some 300 kB.
  package static let maximumAlerts = 1000

  /// The instant at which it was taken.
  package var at: Timestamp

  /// The sources, in the order of the config.
  package var sources: [Source] = []

  /// The number of rates kept in memory, of all series.
  package var pointCount = 0

  /// The number of alerts that fire.
  package var firingCount = 0

  /// The alerts that fire, at most `maximumAlerts`: the most severe first, then by rule and series.
  package var alerts: [Alert] = []

  /// The notifiers, in the order of the config.
  package var notifiers: [Notifier] = []

  /// A snapshot of an engine without sources.
  package init(at: Timestamp) { self.at = at }

  /// The number of series.
  package var seriesCount: Int { sources.reduce(0) { $0 + $1.seriesCount } }

  /// The number of open deliveries.
  package var waitingCount: Int { notifiers.reduce(0) { $0 + $1.waitingCount } }

  /// One source and the outcome of its last polls.
  ///
  /// It has more than ten properties, because each is a column or field of status reports.
  package struct Source: Hashable, Sendable {
    /// The condition of a source.
    package enum State: String, CaseIterable, Sendable {
      /// The last attempt was read, and publications arrive as scheduled.
      case ok
      /// It answers, but a publication is overdue.
      case late
      /// The last attempt failed.
      case failing
      /// Not read yet.
      case new
    }

    package let name: SourceName
    package let state: State

    /// The next poll; nil while a transfer is under way.
    package var nextPoll: Timestamp?
    package var lastAttempt: Timestamp?
    package var lastSuccess: Timestamp?

    /// The number of failed attempts in a row.
    package var failures = 0

    /// The first of these attempts.
    package var failingSince: Timestamp?

    /// The reason of the last failure.
    package var failureReason: String?

    /// The instant since which a publication has been reported overdue.
    package var lateSince: Timestamp?

    /// The instant since which a due poll waits for slow servers, if it is reported as late.
    package var delayedSince: Timestamp?

    /// The instant at which the latest publication was first seen.
    package var latestPublication: Timestamp?

    /// The value date of that publication.
    package var latestValueDate: CalendarDay?
    package var seriesCount = 0

    /// A source in a state, with nothing else known of it.
    package init(name: SourceName, state: State) {
      self.name = name
      self.state = state
    }
  }

  /// One alert that fires.
  package struct Alert: Hashable, Sendable {
    /// The condition of a firing alert.
    package enum State: String, CaseIterable, Sendable {
      case firing
      /// It changes so often that notifications are suspended until it is stable.
      case flapping
      case acknowledged
      case silenced
    }

    package let id: String
    package let key: AlertKey
    package let severity: Severity
    package let state: State
    package let since: Timestamp

    /// The time since which its source no longer prints its pair; nil where it does.
    package var vanishedSince: Timestamp?

    /// An alert that fires since an instant.
    package init(id: String, key: AlertKey, severity: Severity, state: State, since: Timestamp) {
      self.id = id
      self.key = key
      self.severity = severity
      self.state = state
      self.since = since
    }
  }

  /// One notifier and its delivery queue.
  package struct Notifier: Hashable, Sendable {
    /// The condition of a notifier.
    package enum State: String, CaseIterable, Sendable {
      case ok
      /// The last delivery failed; deliveries are retried.
      case failing
      /// Nothing is delivered until its settings change or a dead letter is replayed.
      case disabled
    }

    package let name: String
    package let state: State

    /// The number of open deliveries.
    package var waitingCount = 0

    /// The instant since which it is failing or disabled.
    package var since: Timestamp?

    /// The reason of the last failure, or of being disabled.
    package var reason: String?

    /// The next attempt to deliver; nil while one is under way or nothing waits.
    package var nextAttempt: Timestamp?

    /// A notifier in a state, with an empty queue.
    package init(name: String, state: State) {
      self.name = name
      self.state = state
    }
  }
}

extension EngineSnapshot: CustomStringConvertible {
  /// One line for systemd's status: `3 sources ok, 1 late, 0 failing; 2 alerts firing; 0 deliveries
  /// waiting`.
  ///
  /// Sources that were not read yet, and those that are polled late, are counted only if there are any.
  package var description: String {
    let ok = sources.count { $0.state == .ok }
    let late = sources.count { $0.state == .late }
    let new = sources.count { $0.state == .new }
    let delayed = sources.count { $0.delayedSince != nil }
    return "\(PluralText.text(ok, "source")) ok, \(late) late, "
      + "\(sources.count - ok - late - new) failing"
      + (new > 0 ? ", \(new) not read yet; " : "; ")
      + (delayed > 0 ? "\(delayed) polled late; " : "")
      + "\(PluralText.text(firingCount, "alert")) firing; "
      + "\(PluralText.text(waitingCount, "delivery", plural: "deliveries")) waiting"
  }
}

extension Engine {
  /// Returns a picture of the engine.
  ///
  /// Cost: linear in the series, the alerts and the silences; some milliseconds for 10 000 series.
  package func snapshot(at now: Timestamp) -> EngineSnapshot {
    var alerts = tables.firing.compactMap { alert($0.progress, $0.rule, on: $0.series, at: now) }
    alerts.sort { ($1.severity, $0.key) < ($0.severity, $1.key) }
    var snapshot = EngineSnapshot(at: now)
    snapshot.sources = plan.sources.map { source($0.name) }
    snapshot.pointCount = tables.all.reduce(0) { $0 + $1.points.count }
    snapshot.firingCount = alerts.count
    snapshot.alerts = Array(alerts.prefix(EngineSnapshot.maximumAlerts))
    snapshot.notifiers = plan.notifiers.map { notifier($0.name) }
    return snapshot
  }

  private func source(_ name: SourceName) -> EngineSnapshot.Source {
    let tracked = sources.byName[name]
    let state = tracked?.state ?? SourceState()
    let condition: EngineSnapshot.Source.State =
      if state.failures > 0 {
        .failing
      } else if state.lastSuccess == nil {
        .new
      } else {
        state.staleSince == nil ? .ok : .late
      }
    var source = EngineSnapshot.Source(name: name, state: condition)
    source.nextPoll = tracked?.transfer.isRunning == true ? nil : state.due
    source.lastAttempt = state.lastAttempt
    source.lastSuccess = state.lastSuccess
    source.failures = state.failures
    source.failingSince = state.failingSince
    source.failureReason = state.lastFailure
    source.lateSince = state.staleSince
    source.delayedSince = tracked?.transfer.lateSince
    source.latestPublication = state.latestFirstSeen
    source.latestValueDate = state.latestValueDate
    source.seriesCount = tables.bySource[name]?.table.all.count ?? 0
    return source
  }

  /// Returns the alert of a rule on a series; nil while it does not fire.
  private func alert(
    _ progress: AlertProgress, _ rule: Int, on series: Series, at now: Timestamp
  ) -> EngineSnapshot.Alert? {
    guard let (id, since) = progress.firing else { return nil }
    let rule = plan.rules[rule]
    let key = AlertKey(rule: rule.name, series: series)
    let state: EngineSnapshot.Alert.State =
      if alerts.suppressions.silence(of: SilenceTarget(rule, on: series), at: now) != nil {
        .silenced
      } else if alerts.suppressions.acknowledgement(of: id, at: now) != nil {
        .acknowledged
      } else {
        progress.flapping == nil ? .firing : .flapping
      }
    var alert = EngineSnapshot.Alert(
      id: id, key: key, severity: rule.severity, state: state, since: since)
    alert.vanishedSince = tables.disappearance(of: series)?.at
    return alert
  }

  private func notifier(_ name: String) -> EngineSnapshot.Notifier {
    let outbox = deliveries.outboxes[name]
    let disabled = deliveries.disabled[name]
    let failingSince = deliveries.failing[name]
    var notifier = EngineSnapshot.Notifier(
      name: name, state: disabled != nil ? .disabled : failingSince != nil ? .failing : .ok)
    notifier.waitingCount = outbox?.count ?? 0
    notifier.since = disabled?.since ?? failingSince
    notifier.reason = disabled?.reason ?? (failingSince == nil ? nil : outbox?.endpoint.lastFailure)
    notifier.nextAttempt = outbox?.nextDue
    return notifier
  }
}
