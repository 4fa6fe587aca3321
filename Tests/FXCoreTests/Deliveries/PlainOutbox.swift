import FXCore

/// A model of an outbox that examines every open entry each time.
struct PlainOutbox {
  var open: [OutboxEntry] = []
  var isLeased = false
  var failures = 0
  var pausedUntil: Timestamp?
  var interval: Duration?

  /// True if one shipment is attempted at a time.
  var isSlow: Bool { failures > 0 || interval != nil }

  /// The sequences of the next lease, in its order.
  func lease(at now: Timestamp) -> [Int64] {
    guard !isLeased, pausedUntil.map({ $0 <= now }) ?? true else { return [] }
    var left = open
    var taken: [Int64] = []
    while taken.count < (isSlow ? 1 : DeliveryLimits.leaseSize) {
      let heads = Dictionary(grouping: left, by: \.orderingKey).values.compactMap { queue in
        queue.min { $0.sequence < $1.sequence }
      }.filter { $0.due <= now }
      let next = heads.min {
        failures > 0
          ? $0.sequence < $1.sequence
          : ($1.severity, $0.sequence) < ($0.severity, $1.sequence)
      }
      guard let next else { break }
      taken.append(next.sequence)
      left.removeAll { $0.sequence == next.sequence }
    }
    return taken
  }

  /// The time of the next lease; nil while a lease is under way.
  var nextDue: Timestamp? {
    guard !isLeased else { return nil }
    let heads = Dictionary(grouping: open, by: \.orderingKey).values.compactMap { lane in
      lane.min { $0.sequence < $1.sequence }?.due
    }
    return heads.min().map { max($0, pausedUntil ?? $0) }
  }

  mutating func settle(_ deliveryResults: [DeliveryResult]) {
    for settlement in deliveryResults {
      guard let index = open.firstIndex(where: { $0.sequence == settlement.sequence }) else {
        continue
      }
      switch settlement.state {
      case .postponed(let due), .limited(let due):
        open[index].attempts = settlement.attempts
        open[index].due = due
      case .delivered, .dead: open.remove(at: index)
      }
    }
  }

  /// Ends a lease with these reports.
  mutating func end(_ reports: [DeliveryReport], at now: Timestamp) {
    guard let last = reports.last else {
      isLeased = false
      return
    }
    let limit = reports.compactMap { report -> Duration? in
      guard case .limited(_, let after) = report.outcome else { return nil }
      return RetrySchedule.delay(asked: after, seed: "ops")
    }.max()
    if let limit { return limited(for: limit, at: now) }
    let isRetry = reports.reversed().first {
      if case .refused = $0.outcome { false } else { true }
    }
    let failed =
      switch (isRetry ?? last).outcome {
      case .retry: true
      case .refused: failures > 0
      default: false
      }
    let slowDown = reports.contains {
      if case .retry(_, _, let slowDown) = $0.outcome { slowDown } else { false }
    }
    returned(failed: failed, slowDown: slowDown, at: now)
  }

  private mutating func returned(failed: Bool, slowDown: Bool, at now: Timestamp) {
    isLeased = false
    failures = failed ? failures + 1 : 0
    if !failed {
      interval = interval.map { $0 * 19 / 20 }.flatMap { $0 < .milliseconds(100) ? nil : $0 }
    }
    pausedUntil =
      failed ? now + .seconds(slowDown ? 60 : min(5 * failures, 60)) : interval.map { now + $0 }
  }

  private mutating func limited(for wait: Duration, at now: Timestamp) {
    isLeased = false
    let next = interval.map { min($0 * 2, .seconds(60)) } ?? .seconds(1)
    interval = next
    pausedUntil = max(pausedUntil ?? now, now + max(wait, next))
  }
}
