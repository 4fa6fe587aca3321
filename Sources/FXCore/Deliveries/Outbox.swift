/// The open deliveries of one notifier in memory: which are due, in which order, and how many may
/// be under way.
///
/// A value; the store holds the durable copy. Entries of one ordering key are leased in order. While
/// the endpoint fails, one shipment is attempted at a time, with a pause before each: a failing
/// receiver is not flooded, and one event that a receiver refuses does not delay the others. Entries
/// that have expired are not leased: they wait for a digest.
///
/// An operation costs the entries it touches times the logarithm of the open entries. It has more than
/// ten properties: the entries, three indexes of them, and the state of the endpoint.
struct Outbox: Hashable, Sendable {
  /// The prefix of the ordering keys of digests of expired events: each digest has a key of its own,
  /// so that none waits for the next attempt of another.
  static let digestKey = "too late"

  /// The age at which an entry expires.
  let deliverWithin: Duration

  /// True if the events of one moment are delivered together.
  private let batches: Bool

  /// Concurrent shipments while the endpoint works.
  private let concurrency: Int

  /// The ordering keys of the open digests.
  private var digests: Set<String> = []

  /// The open entries of each ordering key, oldest first; none is empty.
  private var queues: [String: ArraySlice<OutboxEntry>] = [:]

  /// The ordering key of each open entry.
  private var keysBySequence: [Int64: String] = [:]

  /// The next entry of each ordering key that is not under way: those found due, oldest first, and
  /// those to come, soonest first.
  ///
  /// A place that is outdated is skipped when it is reached.
  private var ready = Heap<Place>()
  private var coming = Heap<Place>()

  /// The ordering keys of the current lease, with the last entry it contains of each; empty without
  /// a lease.
  private var leased: [String: Int64] = [:]

  /// The time since which some entry has expired.
  private var expiredSince: Timestamp?

  /// The number of failures of the endpoint in a row.
  private(set) var failures = 0

  /// True if the receiver took a delivery since the start or the last failure.
  private var isProven = false

  /// The start of the current lease, until a delivery of it succeeds.
  private var unprovenLease: Timestamp?

  /// True if an attempt of the current lease has failed.
  private var leaseHasFailed = false

  /// The reason of the last failure; nil after a success.
  private(set) var lastFailure: String?

  /// The end of the pause while the endpoint fails.
  private var pausedUntil: Timestamp?

  /// The first pause; each further failure adds as much, up to the longest.
  static let pause: Duration = .seconds(5)
  static let longestPause: Duration = .seconds(60)

  /// The place of an entry in a heap: by `rank`, then by age.
  fileprivate struct Place: Comparable, Hashable {
    let rank: Int64
    let sequence: Int64
    let due: Timestamp
    let key: String

    static func < (one: Place, other: Place) -> Bool {
      (one.rank, one.sequence) < (other.rank, other.sequence)
    }
  }

  /// An empty outbox.
  init(of notifier: PlannedNotifier) {
    deliverWithin = notifier.deliverWithin
    batches = notifier.batches
    concurrency = notifier.concurrency
  }

  /// The order in which receivers are served.
  enum Standing: Int, Comparable, Sendable {
    /// It took the last delivery.
    case proven
    /// It was not tried yet.
    case unproven
    case failing

    static func < (one: Standing, other: Standing) -> Bool { one.rawValue < other.rawValue }
  }

  /// The order in which the receiver is served.
  var standing: Standing { failures > 0 ? .failing : isProven ? .proven : .unproven }

  /// True during a lease.
  var isLeased: Bool { !leased.isEmpty }

  /// The time at which the current lease becomes slow; nil without a lease, and after a success in it.
  var slowAt: Timestamp? { unprovenLease.map { $0 + DeliveryLimits.slowLease } }

  /// The number of open entries.
  var count: Int { keysBySequence.count }

  /// Every open entry, oldest first.
  ///
  /// Cost: all of them.
  var entries: [OutboxEntry] { queues.values.joined().sorted { $0.sequence < $1.sequence } }

  /// Returns the entry of an event; nil where it is not open.
  func entry(_ sequence: Int64) -> OutboxEntry? {
    guard let key = keysBySequence[sequence], let entries = queues[key] else { return nil }
    return Self.index(of: sequence, in: entries).map { entries[$0] }
  }

  /// Adds an entry that is newer than all others.
  mutating func append(_ entry: OutboxEntry) {
    queues[entry.orderingKey, default: []].append(entry)
    keysBySequence[entry.sequence] = entry.orderingKey
    if Self.isDigest(entry) {
      digests.insert(entry.orderingKey)
      expiredSince = nil
    }
    if queues[entry.orderingKey]?.count == 1 { addPlace(entry.orderingKey) }
  }

  // MARK: Leasing

  /// The next time at which an entry can be leased, or a digest created; nil during a lease, and if
  /// nothing is open.
  var nextDue: Timestamp? {
    guard leased.isEmpty else { return nil }
    let next = [ready.least?.due, coming.least?.due].compactMap(\.self).min()
    let free = next.map { max($0, pausedUntil ?? $0) }
    return [free, canCreateDigest ? expiredSince : nil].compactMap(\.self).min()
  }

  /// Leases the due entries: up to `DeliveryLimits.leaseSize`, or, while the endpoint fails, the oldest
  /// one and those of its batch; nil where none is due.
  ///
  /// Where the first entry of an ordering key is not due, none of the key is.
  mutating func lease(at now: Timestamp, to notifier: String) -> Lease? {
    dropStalePlaces()
    guard leased.isEmpty, pausedUntil.map({ $0 <= now }) ?? true else { return nil }
    while let least = coming.least, least.due <= now {
      _ = coming.popLeast()
      ready.insert(Place(least.sequence, of: least))
    }
    let alone = batches ? DeliveryLimits.batchSize : 1
    let size = failures > 0 ? alone : DeliveryLimits.leaseSize
    var taken: [OutboxEntry] = []
    var passed: [Place] = []
    while taken.count < size, let place = ready.popLeast() {
      guard let queue = queues[place.key],
        let index = Self.index(of: place.sequence, in: queue),
        leased[place.key] == (index == queue.startIndex ? nil : queue[index - 1].sequence)
      else { continue }
      let entry = queue[index]
      guard entry.due <= now else {
        if index == queue.startIndex { coming.insert(Place(entry)) }
        continue
      }
      guard !isExpired(entry, at: now) else {
        expiredSince = expiredSince ?? now
        continue
      }
      if failures > 0, let first = taken.first, first.batch != entry.batch {
        passed.append(place)
        continue
      }
      taken.append(entry)
      leased[entry.orderingKey] = entry.sequence
      // One that is not due yet gets its place at the end of the lease.
      if index + 1 < queue.endIndex, queue[index + 1].due <= now {
        let next = Place(queue[index + 1])
        ready.insert(Place(next.sequence, of: next))
      }
    }
    for place in passed { ready.insert(place) }
    guard !taken.isEmpty else { return nil }
    unprovenLease = now
    return Lease(
      notifier: notifier, entries: taken, concurrency: failures > 0 ? 1 : concurrency,
      isProbing: !isProven)
  }

  /// Applies the end of a lease, or of a part of it.
  ///
  /// A part without attempts does not change the state of the endpoint.
  mutating func endLease(_ ended: EndedLease, at now: Timestamp) {
    if ended.isLast {
      let keys = leased.keys.sorted()
      leased = [:]
      for key in keys { addPlace(key) }
    }
    defer {
      if ended.isLast {
        leaseHasFailed = false
        unprovenLease = nil
      }
    }
    guard ended.attempts > 0 else { return }
    lastFailure = ended.failure
    guard ended.failure != nil else {
      failures = 0
      pausedUntil = nil
      leaseHasFailed = false
      isProven = true
      unprovenLease = nil
      return
    }
    // Concurrent attempts that fail together are one failure of the endpoint.
    if !leaseHasFailed { failures += 1 }
    leaseHasFailed = true
    isProven = false
    let pause = ended.slowDown ? Self.longestPause : min(Self.pause * failures, Self.longestPause)
    pausedUntil = now + pause
  }

  /// Applies the results of attempts.
  mutating func apply(_ deliveryResults: [DeliveryResult]) {
    for result in deliveryResults {
      guard let key = keysBySequence[result.sequence],
        let index = queues[key].flatMap({ Self.index(of: result.sequence, in: $0) })
      else { continue }
      switch result.state {
      case .delivered, .dead:
        keysBySequence[result.sequence] = nil
        if index == queues[key]?.startIndex {
          _ = queues[key]?.popFirst()
        } else {
          queues[key]?.remove(at: index)
        }
        if queues[key]?.isEmpty == true {
          queues[key] = nil
          digests.remove(key)
        }
      case .postponed(let due):
        queues[key]?[index].attempts = result.attempts
        queues[key]?[index].due = due
      }
      addPlace(key)
    }
    if queues.isEmpty { expiredSince = nil }
  }

  // MARK: Expired entries

  /// Returns the expired entries, oldest first; none during a lease, and while the endpoint fails and
  /// an earlier digest of such entries is still open.
  ///
  /// Cost: linear in the open entries, if one has expired.
  func expired(at now: Timestamp) -> [OutboxEntry] {
    guard canCreateDigest else { return [] }
    return entries.filter { isExpired($0, at: now) }
  }

  private var canCreateDigest: Bool {
    expiredSince != nil && leased.isEmpty && (digests.isEmpty || failures == 0)
  }

  private func isExpired(_ entry: OutboxEntry, at now: Timestamp) -> Bool {
    !Self.isDigest(entry) && entry.opened + deliverWithin <= now
  }

  private static func isDigest(_ entry: OutboxEntry) -> Bool {
    entry.orderingKey.hasPrefix(digestKey)
  }

  // MARK: Reload and clock

  /// Keeps the lease that is under way when a reload replaces the plan.
  mutating func continueLease(from earlier: Outbox) {
    leased = earlier.leased
    isProven = earlier.isProven
    unprovenLease = earlier.unprovenLease
    failures = earlier.failures
    lastFailure = earlier.lastFailure
    pausedUntil = earlier.pausedUntil
  }

  /// Moves every time with the wall clock: a clock that is set makes no entry expire.
  mutating func shift(by step: Duration) {
    pausedUntil = pausedUntil.map { $0 + step }
    unprovenLease = unprovenLease.map { $0 + step }
    expiredSince = expiredSince.map { $0 + step }
    ready = Heap()
    coming = Heap()
    for (key, var queue) in queues {
      for index in queue.indices { queue[index].shift(by: step) }
      queues[key] = queue
      addPlace(key)
    }
  }

  /// Removes outdated places from the top of both heaps, for `nextDue`.
  mutating func dropStalePlaces() {
    guard leased.isEmpty else { return }
    while let place = ready.least, !isCurrent(place) { _ = ready.popLeast() }
    while let place = coming.least, !isCurrent(place) { _ = coming.popLeast() }
  }

  private func isCurrent(_ place: Place) -> Bool {
    let head = queues[place.key]?.first
    return head?.sequence == place.sequence && head?.due == place.due
  }

  /// Adds the place of the first entry of an ordering key, unless it is under way.
  private mutating func addPlace(_ key: String) {
    guard leased[key] == nil, let head = queues[key]?.first else { return }
    coming.insert(Place(head))
  }

  private static func index(of sequence: Int64, in queue: ArraySlice<OutboxEntry>) -> Int? {
    let index = queue.partitioningIndex { $0.sequence >= sequence }
    return index < queue.endIndex && queue[index].sequence == sequence ? index : nil
  }
}

extension Outbox.Place {
  /// The place of an entry that is to come, ranked by its due time.
  fileprivate init(_ entry: OutboxEntry) {
    self.init(
      rank: entry.due.milliseconds, sequence: entry.sequence, due: entry.due, key: entry.orderingKey
    )
  }

  /// The same place under another rank.
  fileprivate init(_ rank: Int64, of place: Outbox.Place) {
    self.init(rank: rank, sequence: place.sequence, due: place.due, key: place.key)
  }
}
