extension Engine {
  /// What the ends of attempts to deliver mean.
  func settle(_ lease: LeaseReport, at now: Timestamp, into decision: inout Decision) {
    let notifier = lease.notifier
    let outbox = outboxes[notifier]
    let batches = plan.notifiers.first { $0.name == notifier }?.batches ?? false
    var failure = outbox?.lastFailure
    var failingSince = failing[notifier]
    var slow = false
    for report in lease.reports {
      guard let entry = outbox?.entry(report.sequence) else { continue }
      let attempts = entry.attempts + 1
      func settled(_ result: Settlement.Result, _ detail: String) {
        decision.changeset.settlements.append(
          Settlement(
            sequence: entry.sequence, notifier: notifier, attempts: attempts, at: now,
            result: result, detail: detail))
      }
      func dead(_ reason: String) {
        settled(.dead, reason)
        decision.remarks.append(
          .deliveryDead(notifier: notifier, id: entry.sequence, because: reason))
      }
      switch report.outcome {
      case .delivered(let detail):
        if failure != nil, let failures = outbox?.failures, failures > 0 {
          decision.remarks.append(.deliveryRecovered(notifier: notifier, after: failures))
        }
        failure = nil
        failingSince = nil
        settled(.delivered, detail)
      case .retry(let reason, let asked, let slowDown):
        slow = slow || slowDown
        // What travelled together is tried again together.
        let shipment = batches ? "at \(entry.opened)" : "\(entry.sequence)"
        failingSince = failingSince ?? now
        let delay = RetrySchedule.delay(
          afterAttempts: attempts, asked: asked, slowDown: slowDown,
          seed: "\(notifier) \(shipment)")
        if let delay {
          settled(.postponed(due: now + delay), reason)
          if failure != reason {
            decision.remarks.append(
              .deliveryPostponed(
                notifier: notifier, id: entry.sequence, because: reason, until: now + delay))
          }
        } else {
          dead(reason)
        }
        failure = reason
      case .refused(let reason):
        dead(reason)
      case .gone:
        settled(.dead, "HTTP 410")
        disable(notifier, because: "its endpoint answered 410 Gone", at: now, into: &decision)
      }
    }
    if failingSince != failing[notifier] { decision.changeset.failing[notifier] = failingSince }
    if let failingSince, let failure, let failures = outbox?.failures,
      now - failingSince >= EngineLimits.patienceWithEndpoints,
      failures + 1 >= EngineLimits.failuresUntilDisabled
    {
      disable(
        notifier, because: "it took nothing since \(failingSince): \(failure)", at: now,
        into: &decision)
    }
    decision.endedLeases.append(
      .init(
        notifier: notifier, isLast: lease.isLast, attempts: lease.reports.count, failure: failure,
        slowDown: slow))
  }

  /// Stops using an endpoint: what waits for it becomes dead letters, and the other notifiers are
  /// told.
  private func disable(
    _ notifier: String, because reason: String, at now: Timestamp, into decision: inout Decision
  ) {
    guard disabled[notifier] == nil, !decision.changeset.disables(notifier) else { return }
    let fingerprint = plan.notifiers.first { $0.name == notifier }?.fingerprint ?? ""
    decision.changeset.disabled[notifier] = DisabledNotifier(
      fingerprint: fingerprint, since: now, reason: reason)
    decision.changeset.failing[notifier] = .some(nil)
    let entries = outboxes[notifier]?.entries ?? []
    // What was to be tried again now is not.
    decision.changeset.settlements.removeAll {
      if case .postponed = $0.result { $0.notifier == notifier } else { false }
    }
    let own = decision.changeset.settlements.filter { $0.notifier == notifier }
    let over = Set(own.map(\.sequence))
    var waiting = entries.filter { !over.contains($0.sequence) }
      .map { (sequence: $0.sequence, attempts: $0.attempts) }
    // Another notifier may have been disabled by the same decision, of which this one was to tell.
    waiting += decision.changeset.events.filter { $0.recipients.contains(notifier) }
      .map { ($0.sequence, 0) }
    for (sequence, attempts) in waiting {
      decision.changeset.settlements.append(
        Settlement(
          sequence: sequence, notifier: notifier, attempts: attempts, at: now, result: .dead,
          detail: reason))
    }
    let dead = waiting.count + own.count { $0.result == .dead }
    decision.remarks.append(.notifierDisabled(notifier, because: reason))
    tell(
      .digest, SourcePayload.disabled(notifier: notifier, reason: reason, waiting: dead),
      lane: "notifier \(notifier)",
      to: plan.notifiers.map(\.name).filter { !decision.changeset.disables($0) },
      at: now, into: &decision)
  }

  /// Tells what came too late to be told by itself: one digest to each notifier that has such
  /// events, which become dead letters.
  func digestLate(at now: Timestamp, into decision: inout Decision) {
    for notifier in plan.notifiers {
      let late = outboxes[notifier.name]?.late(at: now) ?? []
      guard !late.isEmpty else { continue }
      tell(
        .digest,
        DigestPayload.tooLate(
          late, notifier: notifier.name, after: notifier.deliverWithin,
          identifier: { identifier("evt", $0) }),
        lane: "\(Outbox.digestLane) \(now)", to: [notifier.name], at: now, into: &decision)
      let digest = decision.changeset.events.last?.notification.id ?? ""
      for entry in late {
        decision.changeset.settlements.append(
          Settlement(
            sequence: entry.sequence, notifier: notifier.name, attempts: entry.attempts, at: now,
            result: .dead, detail: "too late to be told by itself; told in digest \(digest)"))
      }
    }
  }

  /// Takes new events and ended attempts into the outboxes.
  mutating func absorbDeliveries(_ decision: Decision, at now: Timestamp) {
    let changeset = decision.changeset
    let settled = Dictionary(grouping: changeset.settlements, by: \.notifier)
    for (notifier, settlements) in settled { outboxes[notifier]?.settle(settlements) }
    for event in changeset.events {
      latestEvent = max(latestEvent, event.sequence)
      let notification = event.notification
      for recipient in event.recipients where !changeset.disables(recipient) {
        outboxes[recipient]?.append(
          OutboxEntry(
            sequence: event.sequence, notifier: recipient, lane: event.lane,
            opened: notification.timestamp, attempts: 0, due: now,
            summary: event.summary))
      }
    }
    for ended in decision.endedLeases {
      outboxes[ended.notifier]?.returned(ended, at: now)
    }
  }
}
