extension Engine {
  /// Takes over silences and acknowledgements that changed, and looks at every alert they may be
  /// about at the next wake-up.
  ///
  /// They are stored already and nothing is decided here: an alert that is no longer silenced is
  /// told by the decision that follows. Cost: linear in the series and in what
  /// fires.
  package mutating func learn(_ suppressions: Suppressions, at now: Timestamp) {
    self.suppressions = suppressions
    for memory in sources.values {
      for series in memory.series.all {
        for (rule, alert) in series.watches.alerts where alert.firing != nil {
          alarms[AlertKey(rule: plan.rules[rule].name, series: series.series)] = now
        }
      }
    }
  }

  /// Of an event's recipients those to tell now; the others are left alone, and it is held for them.
  func admitted(
    _ recipients: [String], _ notification: Notification, _ severity: Severity, sequence: Int64,
    at now: Timestamp, into decision: inout Decision
  ) -> [String] {
    guard !plan.quiet.isEmpty else { return recipients }
    return recipients.filter { name in
      let isHeld = plan.quiet.contains { quiet in
        quiet.holds(severity, to: name) && quiet.end(around: now, in: zones) != nil
      }
      if isHeld {
        decision.changeset.held.append(
          HeldEvent(
            key: .init(sequence: sequence, notifier: name), notification: notification))
      }
      return !isHeld
    }
  }

  /// Tells what was held for notifiers whose quiet hours are over, in one digest each; notifiers
  /// for which the same was held share one.
  func tellHeld(at now: Timestamp, into decision: inout Decision) {
    var audiences: [[Int64]: [String]] = [:]
    for notifier in Set(held.map(\.key.notifier)).sorted()
    where quietEnd(of: notifier, at: now) == nil {
      let sequences = held.filter { $0.key.notifier == notifier }.map(\.key.sequence)
      audiences[sequences, default: []].append(notifier)
      decision.changeset.released += sequences.map { .init(sequence: $0, notifier: notifier) }
    }
    guard !audiences.isEmpty else { return }
    let firing = firingAlerts(after: decision)
    let notifications = Dictionary(
      held.map { ($0.key.sequence, $0.notification) }, uniquingKeysWith: { first, _ in first })
    for (sequences, notifiers) in audiences.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      tell(
        .digest,
        QuietDigest.data(of: sequences.compactMap { notifications[$0]?.read }) {
          firing.contains($0)
        },
        lane: "quiet hours", to: notifiers, at: now, into: &decision)
    }
  }

  /// When the first notifier with something held hears of it; nil where nothing is held.
  func nextDigest(at now: Timestamp) -> Timestamp? {
    Set(held.map(\.key.notifier)).map { quietEnd(of: $0, at: now) ?? now }.min()
  }

  /// When a notifier is next disturbed by anything; nil where it is not quiet.
  private func quietEnd(of notifier: String, at now: Timestamp) -> Timestamp? {
    plan.quiet.filter { $0.notify?.contains(notifier) ?? true }
      .compactMap { $0.end(around: now, in: zones) }.max()
  }

  /// The identifiers of the alerts that fire once a decision is absorbed.
  private func firingAlerts(after decision: Decision) -> Set<String> {
    var firing: Set<String> = []
    for source in sources.values {
      for series in source.series.all {
        firing.formUnion(series.watches.alerts.values.compactMap { $0.firing?.alertID })
      }
    }
    return firing.subtracting(decision.changeset.resolved.keys)
  }

  /// Takes over what a decision holds and what it lets go.
  mutating func absorbHeld(_ changeset: Changeset) {
    held += changeset.held
    guard !changeset.released.isEmpty else { return }
    let released = Set(changeset.released)
    held.removeAll { released.contains($0.key) }
  }

  /// What is held for notifiers that are gone or disabled is let go.
  mutating func takeOver(_ held: [HeldEvent]) {
    for event in held.sorted(by: { $0.key < $1.key }) {
      if outboxes[event.key.notifier] != nil, disabled[event.key.notifier] == nil {
        self.held.append(event)
      } else {
        leftovers.released.append(event.key)
      }
    }
  }
}
