/// The open deliveries of one notifier, in memory: which are due, in which order, and how many may
/// be under way.
///
/// A value; the store holds the truth.
///
/// Entries of one lane leave in order. While the endpoint fails, one entry is tried at a time, with
/// a pause before each: a dead receiver is not hammered, and one event that a receiver refuses does
/// not hold up the others.
struct Outbox: Hashable, Sendable {
  /// Open entries by sequence, oldest first.
  private(set) var entries: [OutboxEntry] = []

  /// Whether a lease is out; a second one waits for its end.
  private(set) var isLeased = false

  /// Attempts that failed since the last one that did not.
  private(set) var failures = 0

  /// Why the last of them failed; nil while none has.
  private(set) var lastFailure: String?

  /// While the endpoint fails it is left alone until then.
  private var pausedUntil: Timestamp?

  /// How long the first pause lasts; each further failure adds as much, up to the longest.
  static let pause: Duration = .seconds(5)
  static let longestPause: Duration = .seconds(60)

  /// Adds entries that are newer than all before.
  mutating func append(_ entry: OutboxEntry) { entries.append(entry) }

  /// The next instant at which something can be leased; nil while a lease is out or nothing waits.
  var nextDue: Timestamp? {
    guard !isLeased else { return nil }
    var heads: Set<String> = []
    var earliest: Timestamp?
    for entry in entries where heads.insert(entry.lane).inserted {
      earliest = min(earliest ?? entry.due, entry.due)
    }
    return earliest.map { max($0, pausedUntil ?? $0) }
  }

  /// Takes what is due: the oldest entry alone while the endpoint fails, up to a lease's size of
  /// entries otherwise; nil when nothing is.
  ///
  /// A lane whose head must wait waits as a whole.
  mutating func lease(at now: Timestamp, to notifier: String) -> Lease? {
    guard !isLeased, !entries.isEmpty, pausedUntil.map({ $0 <= now }) ?? true else { return nil }
    let size = failures > 0 ? 1 : EngineLimits.leaseSize
    var waiting: Set<String> = []
    var taken: [OutboxEntry] = []
    for entry in entries {
      if waiting.contains(entry.lane) { continue }
      if entry.due > now {
        waiting.insert(entry.lane)
        continue
      }
      taken.append(entry)
      if taken.count == size { break }
    }
    guard !taken.isEmpty else { return nil }
    isLeased = true
    return Lease(
      notifier: notifier, entries: taken, atOnce: failures > 0 ? 1 : EngineLimits.deliveriesAtOnce)
  }

  /// The entry of a sequence; nil when it is not open.
  ///
  /// Cost: logarithmic.
  func entry(_ sequence: Int64) -> OutboxEntry? {
    index(of: sequence).map { entries[$0] }
  }

  /// Takes over how attempts ended.
  mutating func settle(_ settlements: [Settlement]) {
    var closed: Set<Int64> = []
    for settlement in settlements {
      guard let index = index(of: settlement.sequence) else { continue }
      switch settlement.result {
      case .delivered, .dead: closed.insert(settlement.sequence)
      case .postponed(let due):
        let entry = entries[index]
        entries[index] = OutboxEntry(
          sequence: entry.sequence, notifier: entry.notifier, lane: entry.lane,
          created: entry.created, attempts: settlement.attempts, due: due)
      }
    }
    if !closed.isEmpty { entries.removeAll { closed.contains($0.sequence) } }
  }

  /// Notes that a lease, or part of it, is back.
  ///
  /// `failure` is why its last attempt failed, nil when it did not; `slowDown` says that the
  /// receiver asked for mercy. A part without attempts says nothing of the endpoint.
  mutating func returned(_ ended: Decision.EndedLease, at now: Timestamp) {
    if ended.isLast { isLeased = false }
    guard ended.attempts > 0 else { return }
    lastFailure = ended.failure
    guard ended.failure != nil else {
      failures = 0
      pausedUntil = nil
      return
    }
    failures += 1
    let pause = ended.slowDown ? Self.longestPause : min(Self.pause * failures, Self.longestPause)
    pausedUntil = now + pause
  }

  /// Keeps what is under way when a new plan takes over.
  mutating func carryOver(from earlier: Outbox) {
    isLeased = earlier.isLeased
    failures = earlier.failures
    lastFailure = earlier.lastFailure
    pausedUntil = earlier.pausedUntil
  }

  /// Moves every due instant with the clock.
  mutating func shift(by step: Duration) {
    pausedUntil = pausedUntil.map { $0 + step }
    entries = entries.map { entry in
      OutboxEntry(
        sequence: entry.sequence, notifier: entry.notifier, lane: entry.lane,
        created: entry.created, attempts: entry.attempts, due: entry.due + step)
    }
  }

  private func index(of sequence: Int64) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].sequence < sequence { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].sequence == sequence ? low : nil
  }
}
