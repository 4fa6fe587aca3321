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

  /// The notifiers of which some write to the same place as others.
  let repeating: [PlannedNotifier]

  /// The turns of the notifiers: which one has something due, when.
  private var agenda: DeliveryAgenda

  /// The place of each notifier in `notifiers`.
  private let places: [String: Int]

  /// The notifiers for which a digest of expired events can be created.
  private var expiring: Set<String> = []

  /// The number of entries in memory, of all outboxes.
  package private(set) var loadedCount = 0

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
    repeating = notifiers.filter { !$0.repeats.isEmpty }
    self.disabled = disabled
    self.failing = failing
    agenda = DeliveryAgenda(of: notifiers.map(\.name))
    places = Dictionary(notifiers.enumerated().map { ($1.name, $0) }) { first, _ in first }
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
  ///
  /// `waiting` is the number of open deliveries of each notifier; where it is larger than that of its
  /// entries, they stay in the store.
  package mutating func restore(
    _ entries: [OutboxEntry], waiting: [String: Int] = [:], now: Timestamp,
    changes: inout Changeset
  ) {
    for entry in entries.sorted(by: { $0.sequence < $1.sequence }) where isInUse(entry.notifier) {
      change(entry.notifier) { $0.append(entry, limit: .max) }
    }
    for name in Set(entries.map(\.notifier)).union(waiting.keys).sorted() {
      guard isInUse(name) else {
        let reason = disabled[name]?.reason ?? "the config no longer has this notifier"
        changes.abandoned.append(AbandonedDeliveries(notifier: name, at: now, detail: reason))
        continue
      }
      if let count = waiting[name] { change(name) { $0.restore(count: count, at: now) } }
      updateTurn(of: name)
    }
  }

  /// The events in memory of each notifier with a lease under way.
  var leased: [String: [Int64]] {
    outboxes.filter { $0.value.isBusy }.mapValues(\.loadedSequences)
  }

  /// Keeps the leases that are under way when a reload replaces the plan.
  ///
  /// `open` contains those events of `leased` whose deliveries are still open; nil for a notifier of
  /// which that is not known.
  mutating func continueLeases(
    of earlier: DeliveryQueues, _ open: [String: Set<Int64>] = [:]
  ) {
    for (name, outbox) in earlier.outboxes {
      change(name) { $0.continueLease(from: outbox, open: open[name]) }
      updateTurn(of: name)
    }
  }

  /// True if a notifier is in the plan and not disabled.
  package func isInUse(_ notifier: String) -> Bool {
    disabled[notifier] == nil && outboxes[notifier] != nil
  }

  /// The number of open deliveries.
  package var count: Int { outboxes.values.reduce(0) { $0 + $1.count } }

  /// The number of open deliveries of each notifier that has any.
  var waiting: [String: Int] { outboxes.mapValues(\.count).filter { $0.value > 0 } }

  // MARK: Results of attempts

  /// Records the results of attempts of a lease, and disables a notifier whose endpoint is gone or has
  /// failed for too long.
  package func recordResults(of lease: LeaseReport, in decision: DecisionBuilder) {
    let name = lease.notifier
    guard let outbox = outboxes[name],
      let notifier = places[name].map({ notifiers[$0] })
    else { return }
    var results = AttemptResults(of: notifier, outbox, failingSince: failing[name])
    for report in lease.reports { results.record(report, in: decision) }
    if results.failingSince != failing[name] {
      decision.changeset.failing[name] = results.failingSince
    }
    if results.isGone {
      disable(
        notifier, because: "its endpoint answered 410 Gone", failingSince: failing[name],
        in: decision)
    } else if let since = results.failingSince, let failure = results.failure,
      decision.now - since >= DeliveryLimits.failurePeriod,
      outbox.endpoint.vainAttempts + 1 >= DeliveryLimits.failuresUntilDisabled
    {
      disable(
        notifier, because: "no successful delivery since \(since): \(failure)",
        failingSince: since, in: decision)
    }
    decision.endLease(
      EndedLease(
        notifier: name, isLast: lease.isLast, attempts: lease.reports.count,
        failure: results.failure, slowDown: results.slowDown, limitedFor: results.limitedFor))
  }

  /// Disables a notifier: its open deliveries become dead letters, and the other notifiers are
  /// notified.
  private func disable(
    _ notifier: PlannedNotifier, because reason: String, failingSince: Timestamp?,
    in decision: DecisionBuilder
  ) {
    let name = notifier.name
    guard disabled[name] == nil, !decision.changeset.disables(name) else { return }
    decision.changeset.disabled[name] = DisabledNotifier(
      fingerprint: notifier.fingerprint, since: decision.now, reason: reason)
    decision.changeset.failing[name] = .some(nil)
    // What was to be retried now is abandoned.
    decision.changeset.deliveryResults.removeAll {
      $0.notifier == name && $0.isRepeated
    }
    decision.changeset.abandoned.append(
      AbandonedDeliveries(notifier: name, at: decision.now, detail: reason))
    let delivered = decision.changeset.deliveryResults.count {
      $0.notifier == name && $0.state == .delivered
    }
    // The same decision may have disabled another notifier, of which this one is notified.
    let added = decision.changeset.events.count { $0.recipients.contains(name) }
    decision.log(.notifierDisabled(name, because: reason))
    decision.notify(
      .notifierDisabled,
      DeliveryPayload.disabled(
        notifier: name, reason: reason,
        waiting: (outboxes[name]?.count ?? 0) - delivered + added, failingSince: failingSince),
      orderingKey: "notifier \(name)",
      to: notifiers.map(\.name).filter { !decision.changeset.disables($0) })
  }

  // MARK: Expired events

  /// Sends the expired events of each notifier in one digest; they become dead letters.
  package func sendExpired(in decision: DecisionBuilder) {
    for place in expiring.compactMap({ places[$0] }).sorted() {
      let notifier = notifiers[place]
      let expired = outboxes[notifier.name]?.expired(at: decision.now) ?? []
      sendExpired(
        expired, count: expired.count, until: decision.now - notifier.deliverWithin, of: notifier,
        in: decision)
    }
  }

  /// Records the open deliveries that were read for a notifier, and sends the expired ones among them
  /// in one digest; no effect where it did not wait for them.
  package func recordLoaded(_ loaded: LoadedPage, in decision: DecisionBuilder) {
    let query = loaded.query
    guard let place = places[query.notifier], outboxes[query.notifier]?.isLoading == true
    else { return }
    decision.setLoaded(loaded)
    guard let page = loaded.page else { return }
    sendExpired(
      page.expired, count: page.expiredCount, until: query.expiredUntil, of: notifiers[place],
      in: decision)
  }

  /// Sends a digest of `count` expired entries, those that entered the outbox until an instant.
  private func sendExpired(
    _ expired: [OutboxEntry], count: Int, until openedUntil: Timestamp,
    of notifier: PlannedNotifier, in decision: DecisionBuilder
  ) {
    guard !expired.isEmpty else { return }
    let digest = decision.notify(
      .digest,
      DeliveryPayload.expired(expired, count: count, of: notifier),
      orderingKey: "\(OutboxEntry.digestKey) \(decision.now)", to: [notifier.name],
      occurrence: .data)
    decision.changeset.abandoned.append(
      AbandonedDeliveries(
        notifier: notifier.name, openedUntil: openedUntil, at: decision.now,
        detail: "expired; listed in digest \(digest)"))
  }

  // MARK: Committed changes

  /// Absorbs new events, the results of attempts, and the ends of leases.
  package mutating func absorb(_ decision: Decision, at now: Timestamp) {
    let changeset = decision.changeset
    for (name, reason) in changeset.disabled { disabled[name] = reason }
    for (name, since) in changeset.failing { failing[name] = since }
    var changed: Set<String> = []
    if let loaded = decision.loaded {
      change(loaded.query.notifier) { $0.fill(loaded.page, at: now) }
      changed.insert(loaded.query.notifier)
    }
    for (name, results) in Dictionary(grouping: changeset.deliveryResults, by: \.notifier) {
      change(name) { $0.apply(results) }
      changed.insert(name)
    }
    for abandoned in changeset.abandoned {
      let unloaded = decision.loaded?.page?.expiredCount ?? 0
      change(abandoned.notifier) { $0.abandon(abandoned, unloaded: unloaded) }
      changed.insert(abandoned.notifier)
    }
    changed.formUnion(append(changeset.events, of: changeset, at: now))
    for lease in decision.endedLeases {
      change(lease.notifier) { $0.endLease(lease, at: now) }
      changed.insert(lease.notifier)
    }
    for notifier in changed { updateTurn(of: notifier) }
  }

  /// Adds new events to the outboxes of their recipients, and returns the names of these.
  private mutating func append(
    _ events: [OutboxEvent], of changeset: Changeset, at now: Timestamp
  ) -> Set<String> {
    var changed: Set<String> = []
    for event in events {
      for recipient in event.recipients where !changeset.disables(recipient) {
        let limit =
          loadedCount < DeliveryLimits.entriesInMemory
          ? DeliveryLimits.leaseSize : DeliveryLimits.entriesWhileFailing
        change(recipient) {
          $0.append(
            OutboxEntry(
              sequence: event.sequence, id: event.notification.id, notifier: recipient,
              orderingKey: event.orderingKey, opened: event.notification.timestamp, attempts: 0,
              due: now, severity: event.severity, summary: event.summary), limit: limit)
        }
        changed.insert(recipient)
      }
    }
    return changed
  }

  /// Moves every due time with the wall clock.
  mutating func shift(by step: Duration) {
    for name in outboxes.keys {
      outboxes[name]?.shift(by: step)
      updateTurn(of: name)
    }
  }

  // MARK: Leases

  /// Returns the leases that are due now, and the entries to load for others, as far as there are
  /// slots.
  package mutating func startDue(at now: Timestamp) -> (leases: [Lease], loads: [OutboxQuery]) {
    var leases: [Lease] = []
    var loads: [OutboxQuery] = []
    for name in agenda.turns(at: now, in: outboxes) {
      if outboxes[name]?.mustLoad(at: now) == true {
        change(name) { loads.append($0.beginLoading(at: now, of: name)) }
        agenda.begin(name)
      } else if let lease = change(name, { $0.lease(at: now, to: name) }) {
        agenda.begin(name)
        leases.append(lease)
      } else {
        updateTurn(of: name)
      }
    }
    return (leases, loads)
  }

  /// The next time at which a delivery is due, or one that waits may find a slot; nil where none is
  /// open.
  package mutating func nextDue(after now: Timestamp) -> Timestamp? {
    agenda.next(after: now, in: outboxes)
  }

  /// Changes an outbox, and counts its entries in memory; returns nil where there is none.
  @discardableResult
  private mutating func change<Result>(
    _ name: String, _ work: (inout Outbox) -> Result?
  ) -> Result? {
    guard let index = outboxes.index(forKey: name) else { return nil }
    let before = outboxes.values[index].loadedCount
    let result = work(&outboxes.values[index])
    loadedCount += outboxes.values[index].loadedCount - before
    return result
  }

  private mutating func updateTurn(of name: String) {
    outboxes[name]?.dropStalePlaces()
    agenda.update(name, outboxes[name])
    if outboxes[name]?.canCreateDigest == true {
      expiring.insert(name)
    } else {
      expiring.remove(name)
    }
  }
}
