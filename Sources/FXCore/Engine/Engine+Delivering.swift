extension Engine {
  /// What the ends of attempts to deliver mean.
  func settle(
    _ reports: [DeliveryReport], of notifier: String, isLast: Bool, at now: Timestamp
  ) -> Decision {
    var decision = Decision()
    let outbox = outboxes[notifier]
    var failure = outbox?.lastFailure
    var slow = false
    for report in reports {
      guard let entry = outboxes[notifier]?.entry(report.sequence) else { continue }
      let attempts = entry.attempts + 1
      func settled(_ result: Settlement.Result, _ detail: String) {
        decision.changeset.settlements.append(
          Settlement(
            sequence: entry.sequence, notifier: notifier, attempts: attempts, at: now,
            result: result, detail: detail))
      }
      switch report.outcome {
      case .delivered(let detail):
        if failure != nil, let failures = outbox?.failures, failures > 0 {
          decision.remarks.append(.deliveryRecovered(notifier: notifier, after: failures))
        }
        failure = nil
        settled(.delivered, detail)
      case .retry(let reason, let asked, let slowDown):
        slow = slow || slowDown
        let delay = RetrySchedule.delay(
          afterAttempts: attempts, asked: asked, slowDown: slowDown,
          seed: "\(notifier) \(entry.sequence)")
        if let delay {
          settled(.postponed(due: now + delay), reason)
          if failure != reason {
            decision.remarks.append(
              .deliveryPostponed(
                notifier: notifier, id: entry.sequence, because: reason, until: now + delay))
          }
        } else {
          settled(.dead, reason)
          decision.remarks.append(
            .deliveryDead(notifier: notifier, id: entry.sequence, because: reason))
        }
        failure = reason
      case .refused(let reason):
        settled(.dead, reason)
        decision.remarks.append(
          .deliveryDead(notifier: notifier, id: entry.sequence, because: reason))
      case .gone:
        settled(.dead, "HTTP 410")
        disable(notifier, at: now, into: &decision)
      }
    }
    decision.endedLease = .init(
      notifier: notifier, isLast: isLast, attempts: reports.count, failure: failure,
      slowDown: slow)
    return decision
  }

  /// Stops using an endpoint that said it is gone: what waits for it becomes dead letters, and the
  /// other notifiers are told.
  private func disable(_ notifier: String, at now: Timestamp, into decision: inout Decision) {
    guard disabled[notifier] == nil, decision.changeset.disabled[notifier] == nil else { return }
    let reason = "its endpoint answered 410 Gone"
    let fingerprint = plan.notifiers.first { $0.name == notifier }?.fingerprint ?? ""
    decision.changeset.disabled[notifier] = DisabledNotifier(
      fingerprint: fingerprint, since: now, reason: reason)
    let settled = Set(decision.changeset.settlements.map(\.sequence))
    let waiting = (outboxes[notifier]?.entries ?? []).filter { !settled.contains($0.sequence) }
    for entry in waiting {
      decision.changeset.settlements.append(
        Settlement(
          sequence: entry.sequence, notifier: notifier, attempts: entry.attempts, at: now,
          result: .dead, detail: reason))
    }
    decision.remarks.append(.notifierDisabled(notifier, because: reason))
    tell(
      .digest,
      SourcePayload.disabled(notifier: notifier, reason: reason, waiting: waiting.count + 1),
      lane: "notifier \(notifier)", to: plan.notifiers.map(\.name).filter { $0 != notifier },
      at: now, into: &decision)
  }

  /// Takes new events and ended attempts into the outboxes.
  mutating func absorbDeliveries(_ decision: Decision, at now: Timestamp) {
    let changeset = decision.changeset
    let settled = Dictionary(grouping: changeset.settlements, by: \.notifier)
    for (notifier, settlements) in settled { outboxes[notifier]?.settle(settlements) }
    for event in changeset.events {
      latestEvent = max(latestEvent, event.sequence)
      for recipient in event.recipients {
        outboxes[recipient]?.append(
          OutboxEntry(
            sequence: event.sequence, notifier: recipient, lane: event.lane,
            created: event.notification.timestamp, attempts: 0, due: now))
      }
    }
    if let ended = decision.endedLease {
      outboxes[ended.notifier]?.returned(ended, at: now)
    }
  }
}
