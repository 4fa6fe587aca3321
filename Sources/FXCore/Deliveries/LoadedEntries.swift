/// The open deliveries of one notifier that are in memory, in the order in which they are leased.
///
/// Of several ordering keys with an entry that is due, the most severe comes first, then the oldest.
/// An operation costs the entries it touches times the logarithm of all.
struct LoadedEntries: Hashable, Sendable {
  /// The entries of each ordering key, oldest first; none is empty.
  private var queues: [String: ArraySlice<OutboxEntry>] = [:]

  /// The ordering key of each entry.
  private var keysBySequence: [Int64: String] = [:]

  /// The next entry of each ordering key that is not under way: those found due, the most severe
  /// first, and those to come, soonest first.
  ///
  /// A place that is outdated is skipped when it is reached.
  private var ready = Heap<Place>()
  private var coming = Heap<Place>()

  /// The least severity of the entries; `critical` if there were none since the last replacement.
  private(set) var leastSeverity = Severity.critical

  /// The ordering keys of the current lease, with the last entry it contains of each; empty without
  /// a lease.
  private var leased: [String: Int64] = [:]

  /// The place of an entry in a heap: by `rank`, then by age.
  fileprivate struct Place: Comparable, Hashable {
    let rank: Int64
    let sequence: Int64
    let due: Timestamp
    let severity: Severity
    let key: String

    static func < (one: Place, other: Place) -> Bool {
      (one.rank, one.sequence) < (other.rank, other.sequence)
    }
  }

  /// No entries.
  init() {}

  /// True during a lease.
  var isLeased: Bool { !leased.isEmpty }

  /// The number of entries.
  var count: Int { keysBySequence.count }

  /// Every entry, oldest first.
  ///
  /// Cost: all of them.
  var all: [OutboxEntry] { queues.values.joined().sorted { $0.sequence < $1.sequence } }

  /// The next time at which an entry is due.
  var nextDue: Timestamp? { [ready.least?.due, coming.least?.due].compactMap(\.self).min() }

  /// Returns the entry of an event; nil where there is none.
  subscript(_ sequence: Int64) -> OutboxEntry? {
    guard let key = keysBySequence[sequence], let entries = queues[key] else { return nil }
    return Self.index(of: sequence, in: entries).map { entries[$0] }
  }

  /// Adds an entry that is newer than all others.
  mutating func append(_ entry: OutboxEntry) {
    queues[entry.orderingKey, default: []].append(entry)
    keysBySequence[entry.sequence] = entry.orderingKey
    leastSeverity = min(leastSeverity, entry.severity)
    if queues[entry.orderingKey]?.count == 1 { addPlace(entry.orderingKey) }
  }

  /// Replaces all entries; the current lease goes on.
  mutating func replace(with entries: [OutboxEntry]) {
    let leased = leased
    self = LoadedEntries()
    self.leased = leased
    for entry in entries { append(entry) }
  }

  // MARK: Leasing

  /// Leases due entries: `size` at most, the most severe, or the oldest if `isOldestFirst`; if
  /// `ofOneBatch`, only those of the batch of the first.
  ///
  /// Where the first entry of an ordering key is not due, or has expired, none of the key is leased.
  mutating func lease(
    _ size: Int, ofOneBatch: Bool, isOldestFirst: Bool, at now: Timestamp,
    expiredUntil: Timestamp
  ) -> (taken: [OutboxEntry], foundExpired: Bool) {
    while let least = coming.least, least.due <= now {
      _ = coming.popLeast()
      ready.insert(least.asReady)
    }
    var places = ready
    ready = Heap()
    if isOldestFirst { places = Heap(places.elements(where: { _ in true }).map(\.asOldest)) }
    var taken: [OutboxEntry] = []
    var foundExpired = false
    while taken.count < size, let place = places.popLeast() {
      guard let queue = queues[place.key],
        let index = Self.index(of: place.sequence, in: queue),
        leased[place.key] == (index == queue.startIndex ? nil : queue[index - 1].sequence)
      else { continue }
      let entry = queue[index]
      guard entry.due <= now else {
        if index == queue.startIndex { coming.insert(Place(entry)) }
        continue
      }
      guard !entry.isExpired(expiredUntil) else {
        foundExpired = true
        continue
      }
      if ofOneBatch, let first = taken.first, first.batch != entry.batch {
        ready.insert(place.asReady)
        continue
      }
      taken.append(entry)
      leased[entry.orderingKey] = entry.sequence
      // One that is not due yet gets its place at the end of the lease.
      if index + 1 < queue.endIndex, queue[index + 1].due <= now {
        let next = Place(queue[index + 1])
        places.insert(isOldestFirst ? next.asOldest : next.asReady)
      }
    }
    if ofOneBatch, ready.least != nil || isOldestFirst {
      while let place = places.popLeast() { ready.insert(place.asReady) }
    } else {
      ready = places
    }
    return (taken, foundExpired)
  }

  /// Ends the lease.
  mutating func endLease() {
    let keys = leased.keys.sorted()
    leased = [:]
    for key in keys { addPlace(key) }
  }

  /// Continues the lease of the same entries before a reload.
  mutating func continueLease(of earlier: LoadedEntries) { leased = earlier.leased }

  // MARK: Changes

  /// Applies the result of an attempt; returns false where its entry is not in memory.
  mutating func apply(_ result: DeliveryResult) -> Bool {
    guard let key = keysBySequence[result.sequence],
      let index = queues[key].flatMap({ Self.index(of: result.sequence, in: $0) })
    else { return false }
    switch result.state {
    case .delivered, .dead:
      keysBySequence[result.sequence] = nil
      if index == queues[key]?.startIndex {
        _ = queues[key]?.popFirst()
      } else {
        queues[key]?.remove(at: index)
      }
      if queues[key]?.isEmpty == true { queues[key] = nil }
    case .postponed(let due), .limited(let due):
      queues[key]?[index].attempts = result.attempts
      queues[key]?[index].due = due
    }
    addPlace(key)
    return true
  }

  /// Moves every time with the wall clock.
  mutating func shift(by step: Duration) {
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

extension LoadedEntries.Place {
  /// The place of an entry that is to come, ranked by its due time.
  fileprivate init(_ entry: OutboxEntry) {
    self.init(
      rank: entry.due.milliseconds, sequence: entry.sequence, due: entry.due,
      severity: entry.severity, key: entry.orderingKey)
  }

  /// The same place among those found due, ranked by severity.
  fileprivate var asReady: Self { ranked(-Int64(severity.rank)) }

  /// The same place, ranked by age.
  fileprivate var asOldest: Self { ranked(0) }

  private func ranked(_ rank: Int64) -> Self {
    Self(rank: rank, sequence: sequence, due: due, severity: severity, key: key)
  }
}
