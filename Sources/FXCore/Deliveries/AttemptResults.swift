/// The results of the attempts of one lease, in their order.
struct AttemptResults {
  private let notifier: PlannedNotifier
  private let outbox: Outbox

  /// The reason of the latest failure; nil after a success.
  private(set) var failure: String?

  /// The reason that was logged last, if nothing was delivered since.
  private var loggedReason: String?

  /// The time since which the notifier failed without a success.
  private(set) var failingSince: Timestamp?

  /// True if an attempt had no answer in time.
  private(set) var slowDown = false

  /// The time for which the receiver takes no more; nil if it limited no attempt.
  private(set) var limitedFor: Duration?

  /// True if the endpoint answered that it is gone.
  private(set) var isGone = false

  /// No results yet.
  init(of notifier: PlannedNotifier, _ outbox: Outbox, failingSince: Timestamp?) {
    self.notifier = notifier
    self.outbox = outbox
    self.failingSince = failingSince
    failure = outbox.endpoint.failures > 0 ? outbox.endpoint.lastFailure : nil
    loggedReason = outbox.endpoint.lastFailure
  }

  /// Records the result of one attempt; no effect where the delivery is not open any more.
  mutating func record(_ report: DeliveryReport, in decision: DecisionBuilder) {
    guard let entry = outbox.entry(report.sequence) else { return }
    switch report.outcome {
    case .delivered(let detail):
      if failure != nil, outbox.endpoint.failures > 0 {
        decision.log(.deliveryRecovered(notifier: notifier.name, after: outbox.endpoint.failures))
      }
      failure = nil
      loggedReason = nil
      failingSince = nil
      append(entry, .delivered, detail, in: decision)
    case .retry(let reason, let asked, let slowDown):
      self.slowDown = self.slowDown || slowDown
      failingSince = failingSince ?? decision.now
      let delay = delay(of: entry, asked: asked, slowDown: slowDown)
      if let delay {
        postpone(entry, until: decision.now + delay, because: reason, in: decision)
      } else {
        abandon(entry, because: reason, in: decision)
      }
      failure = reason
    case .limited(let reason, let asked):
      failingSince = failingSince ?? decision.now
      let wait = RetrySchedule.delay(asked: asked, seed: notifier.name)
      limitedFor = max(limitedFor ?? .zero, wait)
      append(
        entry, .limited(due: decision.now + wait), reason, attempts: entry.attempts, in: decision)
      logPostponed(entry, until: decision.now + wait, because: reason, in: decision)
      failure = reason
    case .refused(let reason):
      abandon(entry, because: reason, in: decision)
    case .gone:
      isGone = true
      append(entry, .dead, "HTTP 410", in: decision)
    }
  }

  /// Returns the delay of the next attempt; nil where none is left.
  private func delay(of entry: OutboxEntry, asked: Duration?, slowDown: Bool) -> Duration? {
    // Entries that were delivered together are retried together.
    let shipment = notifier.batches ? "at \(entry.opened)" : "\(entry.sequence)"
    return RetrySchedule.delay(
      afterAttempts: entry.attempts + 1, asked: asked, slowDown: slowDown,
      seed: "\(notifier.name) \(shipment)")
  }

  private mutating func postpone(
    _ entry: OutboxEntry, until due: Timestamp, because reason: String,
    in decision: DecisionBuilder
  ) {
    append(entry, .postponed(due: due), reason, in: decision)
    logPostponed(entry, until: due, because: reason, in: decision)
  }

  private mutating func logPostponed(
    _ entry: OutboxEntry, until due: Timestamp, because reason: String,
    in decision: DecisionBuilder
  ) {
    guard loggedReason != reason else { return }
    loggedReason = reason
    decision.log(
      .deliveryPostponed(
        notifier: notifier.name, id: entry.sequence, because: reason, until: due))
  }

  private func abandon(
    _ entry: OutboxEntry, because reason: String, in decision: DecisionBuilder
  ) {
    append(entry, .dead, reason, in: decision)
    decision.log(
      .deliveryDead(notifier: notifier.name, id: entry.sequence, because: reason))
  }

  private func append(
    _ entry: OutboxEntry, _ state: DeliveryResult.State, _ detail: String, attempts: Int? = nil,
    in decision: DecisionBuilder
  ) {
    decision.changeset.deliveryResults.append(
      DeliveryResult(
        sequence: entry.sequence, notifier: notifier.name, attempts: attempts ?? entry.attempts + 1,
        at: decision.now, state: state, detail: detail))
  }
}
