/// The outboxes of all notifiers, and the notifiers that are disabled or failing.
///
/// Functions that take a `DecisionBuilder` change nothing here; their changes come back through
/// `absorb` once they are committed.
package struct DeliveryQueues: Sendable {
  /// In the order of the config.
  let notifiers: [PlannedNotifier]

  private(set) var outboxes: [String: Outbox] = [:]
  package private(set) var disabled: [String: DisabledNotifier]

  /// The time since which notifiers failed without a success.
  package private(set) var failing: [String: Timestamp]

  /// The turns of the notifiers: which one has something due, when.
  private var agenda: DeliveryAgenda

  // MARK: Restoring

  /// The empty outboxes of a plan's notifiers.
  ///
  /// A disabled notifier whose settings changed is used again, and what is stored of notifiers that
  /// are gone is dropped, which `changes` receives.
  package init(
    of notifiers: [PlannedNotifier], disabled: [String: DisabledNotifier],
    failing: [String: Timestamp], changes: inout Changeset
  ) {
    self.notifiers = notifiers
    self.disabled = disabled
    self.failing = failing
    agenda = DeliveryAgenda(of: notifiers.map(\.name))
    for notifier in notifiers {
      outboxes[notifier.name] = Outbox(of: notifier)
      if let known = self.disabled[notifier.name], known.fingerprint != notifier.fingerprint {
        self.disabled[notifier.name] = nil
        changes.disabled[notifier.name] = .some(nil)
        if self.failing.removeValue(forKey: notifier.name) != nil {
          changes.failing[notifier.name] = .some(nil)
        }
      }
    }
    for name in failing.keys where outboxes[name] == nil {
      self.failing[name] = nil
      changes.failing[name] = .some(nil)
    }
  }

  /// Restores stored deliveries; those of notifiers that are gone or disabled become dead letters.
  package mutating func restore(_ entries: [OutboxEntry], now: Timestamp, changes: inout Changeset)
  {
    for entry in entries.sorted(by: { $0.sequence < $1.sequence }) {
      if isInUse(entry.notifier) {
        outboxes[entry.notifier]?.append(entry)
      } else {
        changes.deliveryResults.append(
          DeliveryResult(
            sequence: entry.sequence, notifier: entry.notifier, attempts: entry.attempts, at: now,
            state: .dead,
            detail: disabled[entry.notifier]?.reason ?? "the config no longer has this notifier"))
      }
    }
    for notifier in Set(entries.map(\.notifier)) { updateTurn(of: notifier) }
  }

  /// Keeps the leases that are under way when a reload replaces the plan.
  mutating func continueLeases(of earlier: DeliveryQueues) {
    for (name, outbox) in earlier.outboxes {
      outboxes[name]?.continueLease(from: outbox)
      updateTurn(of: name)
    }
  }

  /// True if a notifier is in the plan and not disabled.
  package func isInUse(_ notifier: String) -> Bool {
    disabled[notifier] == nil && outboxes[notifier] != nil
  }

  /// The number of open deliveries.
  package var count: Int { outboxes.values.reduce(0) { $0 + $1.count } }

  // MARK: Results of attempts

  /// Records the results of attempts of a lease, and disables a notifier whose endpoint is gone or has
  /// failed for too long.
  package func recordResults(of lease: LeaseReport, in decision: DecisionBuilder) {
    let name = lease.notifier
    guard let outbox = outboxes[name],
      let notifier = notifiers.first(where: { $0.name == name })
    else { return }
    var results = AttemptResults(of: notifier, outbox, failingSince: failing[name])
    for report in lease.reports { results.record(report, in: decision) }
    if results.failingSince != failing[name] {
      decision.changeset.failing[name] = results.failingSince
    }
    if results.isGone {
      disable(notifier, because: "its endpoint answered 410 Gone", in: decision)
    } else if let since = results.failingSince, let failure = results.failure,
      decision.now - since >= DeliveryLimits.failurePeriod,
      outbox.failures + 1 >= DeliveryLimits.failuresUntilDisabled
    {
      disable(
        notifier, because: "no successful delivery since \(since): \(failure)", in: decision)
    }
    decision.endLease(
      EndedLease(
        notifier: name, isLast: lease.isLast, attempts: lease.reports.count,
        failure: results.failure, slowDown: results.slowDown))
  }

  /// Disables a notifier: its open deliveries become dead letters, and the other notifiers are
  /// notified.
  private func disable(
    _ notifier: PlannedNotifier, because reason: String, in decision: DecisionBuilder
  ) {
    let name = notifier.name
    guard disabled[name] == nil, !decision.changeset.disables(name) else { return }
    decision.changeset.disabled[name] = DisabledNotifier(
      fingerprint: notifier.fingerprint, since: decision.now, reason: reason)
    decision.changeset.failing[name] = .some(nil)
    // What was to be retried now is abandoned.
    decision.changeset.deliveryResults.removeAll {
      if case .postponed = $0.state { $0.notifier == name } else { false }
    }
    let settled = decision.changeset.deliveryResults.filter { $0.notifier == name }
    let done = Set(settled.map(\.sequence))
    var waiting = (outboxes[name]?.entries ?? []).filter { !done.contains($0.sequence) }
      .map { (sequence: $0.sequence, attempts: $0.attempts) }
    // The same decision may have disabled another notifier, of which this one is notified.
    waiting += decision.changeset.events.filter { $0.recipients.contains(name) }
      .map { ($0.sequence, 0) }
    for (sequence, attempts) in waiting {
      decision.changeset.deliveryResults.append(
        DeliveryResult(
          sequence: sequence, notifier: name, attempts: attempts, at: decision.now, state: .dead,
          detail: reason))
    }
    decision.log(.notifierDisabled(name, because: reason))
    decision.notify(
      .digest,
      DeliveryPayload.disabled(
        notifier: name, reason: reason,
        waiting: waiting.count + settled.count { $0.state == .dead }),
      orderingKey: "notifier \(name)",
      to: notifiers.map(\.name).filter { !decision.changeset.disables($0) })
  }

  // MARK: Expired events

  /// Sends the expired events of each notifier in one digest; they become dead letters.
  package func sendExpired(in decision: DecisionBuilder) {
    for notifier in notifiers {
      let expired = outboxes[notifier.name]?.expired(at: decision.now) ?? []
      guard !expired.isEmpty else { continue }
      let digest = decision.notify(
        .digest,
        DeliveryPayload.expired(expired, of: notifier),
        orderingKey: "\(Outbox.digestKey) \(decision.now)", to: [notifier.name],
        occurrence: .data)
      for entry in expired {
        decision.changeset.deliveryResults.append(
          DeliveryResult(
            sequence: entry.sequence, notifier: notifier.name, attempts: entry.attempts,
            at: decision.now, state: .dead, detail: "expired; listed in digest \(digest)"))
      }
    }
  }

  // MARK: Committed changes

  /// Absorbs new events, the results of attempts, and the ends of leases.
  package mutating func absorb(_ decision: Decision, at now: Timestamp) {
    let changeset = decision.changeset
    for (name, reason) in changeset.disabled { disabled[name] = reason }
    for (name, since) in changeset.failing { failing[name] = since }
    let settled = Dictionary(grouping: changeset.deliveryResults, by: \.notifier)
    var changed = Set(settled.keys)
    for (notifier, deliveryResults) in settled { outboxes[notifier]?.apply(deliveryResults) }
    for event in changeset.events {
      for recipient in event.recipients where !changeset.disables(recipient) {
        outboxes[recipient]?.append(
          OutboxEntry(
            sequence: event.sequence, id: event.notification.id, notifier: recipient,
            orderingKey: event.orderingKey,
            opened: event.notification.timestamp, attempts: 0, due: now, summary: event.summary))
        changed.insert(recipient)
      }
    }
    for lease in decision.endedLeases {
      outboxes[lease.notifier]?.endLease(lease, at: now)
      changed.insert(lease.notifier)
    }
    for notifier in changed { updateTurn(of: notifier) }
  }

  /// Moves every due time with the wall clock.
  mutating func shift(by step: Duration) {
    for name in outboxes.keys {
      outboxes[name]?.shift(by: step)
      updateTurn(of: name)
    }
  }

  // MARK: Leases

  /// Returns the leases that are due now, as far as there are slots.
  package mutating func dueLeases(at now: Timestamp) -> [Lease] {
    var leases: [Lease] = []
    for name in agenda.turns(at: now, in: outboxes) {
      guard let lease = outboxes[name]?.lease(at: now, to: name) else {
        updateTurn(of: name)
        continue
      }
      agenda.begin(name)
      leases.append(lease)
    }
    return leases
  }

  /// The next time at which a delivery is due, or one that waits may find a slot; nil where none is
  /// open.
  package mutating func nextDue(after now: Timestamp) -> Timestamp? {
    agenda.next(after: now, in: outboxes)
  }

  private mutating func updateTurn(of name: String) {
    outboxes[name]?.dropStalePlaces()
    agenda.update(name, outboxes[name])
  }
}
