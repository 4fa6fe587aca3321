import FXCore

/// A model of an outbox that examines every open entry each time.
struct PlainOutbox {
  var open: [OutboxEntry] = []
  var isLeased = false
  var failures = 0
  var pausedUntil: Timestamp?

  /// The sequences of the next lease.
  func lease(at now: Timestamp) -> [Int64] {
    guard !isLeased, pausedUntil.map({ $0 <= now }) ?? true else { return [] }
    var waiting: Set<String> = []
    var taken: [Int64] = []
    for entry in open.sorted(by: { $0.sequence < $1.sequence }) {
      if entry.due > now { waiting.insert(entry.orderingKey) }
      if !waiting.contains(entry.orderingKey) { taken.append(entry.sequence) }
    }
    return Array(taken.prefix(failures > 0 ? 1 : DeliveryLimits.leaseSize))
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
      if case .postponed(let due) = settlement.state {
        open[index].attempts = settlement.attempts
        open[index].due = due
      } else {
        open.remove(at: index)
      }
    }
  }

  mutating func returned(failed: Bool, slowDown: Bool, at now: Timestamp) {
    isLeased = false
    failures = failed ? failures + 1 : 0
    pausedUntil =
      failed ? now + .seconds(slowDown ? 60 : min(5 * failures, 60)) : nil
  }
}
