/// The open deliveries of one notifier: which are due, in which order, and how many may be under way.
///
/// A value; the store holds the durable copy. Entries of one ordering key are leased in order; of
/// several keys the most severe entry comes first, then the oldest. While the endpoint fails, one
/// shipment is attempted at a time, with a pause before each: a failing receiver is not flooded, and one
/// event that a receiver refuses does not delay the others. It is the oldest then, so that the most
/// severe do not wait for another attempt when the receiver works again. A receiver with a limited pace
/// gets one shipment at a time, the most severe. Entries that have expired are not leased: they wait
/// for a digest.
///
/// Memory is bounded. As long as few entries are open all of them are in memory; the outbox is whole.
/// Where there are more, only their number is, and those of the current or next lease: the others stay
/// in the store, and entries that can be attempted are loaded for each lease (`beginLoading`, `fill`).
///
/// It has more than ten properties: the settings of its notifier, what is in memory of the entries, and
/// what is known of those that are not.
struct Outbox: Hashable, Sendable {
  /// The age at which an entry expires.
  let deliverWithin: Duration

  /// True if the events of one moment are delivered together.
  private let batches: Bool

  /// Concurrent shipments while the endpoint works.
  private let concurrency: Int

  /// The entries in memory.
  private var loaded = LoadedEntries()

  /// The number of open entries.
  private(set) var count = 0

  /// True if every open entry is in memory.
  private(set) var isWhole = true

  /// The earliest time at which loading may find an entry to attempt; nil if the outbox is whole.
  private var loadDue: Timestamp?

  /// True while entries are loaded.
  private(set) var isLoading = false

  /// True if entries in the store come before those in memory.
  private var isOutdated = false

  /// The sequences of open digests, those of before the start only if they were loaded.
  private var digests: Set<Int64> = []

  /// The time since which some entry in memory has expired.
  private var expiredSince: Timestamp?

  /// The health of the receiver.
  private(set) var endpoint = EndpointHealth()

  /// An empty outbox.
  init(of notifier: PlannedNotifier) {
    deliverWithin = notifier.deliverWithin
    batches = notifier.batches
    concurrency = notifier.concurrency
  }

  /// True during a lease, and while entries are loaded.
  var isBusy: Bool { loaded.isLeased || isLoading }

  /// The number of entries in memory.
  var loadedCount: Int { loaded.count }

  /// Every entry in memory, oldest first.
  ///
  /// Cost: all of them.
  var loadedEntries: [OutboxEntry] { loaded.all }

  /// The events in memory, and those of open digests.
  var loadedSequences: [Int64] {
    Array(digests.union(loaded.all.map(\.sequence)))
  }

  /// Returns the entry of an event; nil where it is not open, or not in memory.
  func entry(_ sequence: Int64) -> OutboxEntry? { loaded[sequence] }

  /// Adds an entry that is newer than all others; it stays in the store where `limit` entries are in
  /// memory, or `DeliveryLimits.entriesWhileFailing`.
  mutating func append(_ entry: OutboxEntry, limit: Int = DeliveryLimits.leaseSize) {
    count += 1
    if entry.isDigest { digests.insert(entry.sequence) }
    if isWhole, loaded.count < (isFailing ? DeliveryLimits.entriesWhileFailing : limit) {
      loaded.append(entry)
    } else {
      isWhole = false
      loadDue = min(loadDue ?? entry.due, entry.due)
      // Those that are loaded are no longer the next ones to attempt.
      if isFailing || isPaced && entry.severity > loaded.leastSeverity {
        isOutdated = true
        if !isBusy { loaded.replace(with: []) }
      }
    }
  }

  /// Restores the number of open entries at a start; where more are open than are in memory, all stay in
  /// the store.
  mutating func restore(count: Int, at now: Timestamp) {
    guard count > self.count else { return }
    self.count = count
    unload(at: now)
  }

  private var isFailing: Bool { endpoint.failures > 0 }

  private var isPaced: Bool { endpoint.pace.isLimited }

  /// True if one shipment is attempted at a time.
  private var isSlow: Bool { isFailing || isPaced }

  // MARK: Leasing

  /// The next time at which an entry can be leased or loaded, or a digest created; nil during a lease,
  /// and if nothing is open.
  var nextDue: Timestamp? {
    guard !isBusy else { return nil }
    let next = [loaded.nextDue, loadDue].compactMap(\.self).min()
    let free = next.map { max($0, endpoint.pausedUntil ?? $0) }
    return [free, canCreateDigest ? expiredSince : nil].compactMap(\.self).min()
  }

  /// The largest number of entries in a lease; while the endpoint fails or its pace is limited, of one
  /// shipment.
  private var leaseSize: Int {
    isSlow ? (batches ? DeliveryLimits.batchSize : 1) : DeliveryLimits.leaseSize
  }

  /// Leases due entries in memory: up to `DeliveryLimits.leaseSize`, or, while the endpoint fails or its
  /// pace is limited, one and those of its batch; nil where none is due.
  mutating func lease(at now: Timestamp, to notifier: String) -> Lease? {
    loaded.dropStalePlaces()
    guard !isBusy, endpoint.pausedUntil.map({ $0 <= now }) ?? true else { return nil }
    let (taken, foundExpired) = loaded.lease(
      leaseSize, ofOneBatch: isSlow, isOldestFirst: isFailing, at: now,
      expiredUntil: now - deliverWithin)
    if foundExpired, isWhole { expiredSince = expiredSince ?? now }
    guard !taken.isEmpty else {
      if foundExpired, !isWhole { unload(at: now) }
      return nil
    }
    endpoint.beginLease(at: now)
    return Lease(
      notifier: notifier, entries: taken, concurrency: isSlow ? 1 : concurrency,
      isProbing: !endpoint.isProven)
  }

  /// Applies the end of a lease, or of a part of it.
  ///
  /// Entries beyond those that may stay in memory leave it.
  mutating func endLease(_ ended: EndedLease, at now: Timestamp) {
    if ended.isLast { loaded.endLease() }
    endpoint.endLease(ended, at: now)
    guard ended.isLast else { return }
    // A place of a delivered entry would hide that none is left in memory.
    loaded.dropStalePlaces()
    if isWhole ? isFailing && loaded.count > DeliveryLimits.entriesWhileFailing : !isUpToDate(now) {
      unload(at: now)
    }
  }

  /// True if the entries in memory, which are not all, are still the next ones to attempt.
  ///
  /// While the pace is limited they are not loaded again for each shipment where many wait; an entry
  /// whose predecessor was less severe may then come some shipments later.
  private func isUpToDate(_ now: Timestamp) -> Bool {
    guard isPaced, !isFailing, !isOutdated, count > DeliveryLimits.leaseSize,
      let next = loaded.nextDue
    else { return false }
    return next <= max(now, endpoint.pausedUntil ?? now)
  }

  /// Applies the results of attempts.
  mutating func apply(_ results: [DeliveryResult]) {
    for result in results where loaded.apply(result) {
      if result.isRepeated { continue }
      count -= 1
      digests.remove(result.sequence)
    }
    if count == 0 { expiredSince = nil }
  }

  // MARK: Loading

  /// True if entries must be loaded before a lease.
  func mustLoad(at now: Timestamp) -> Bool {
    guard let loadDue, loadDue <= now else { return false }
    return loaded.nextDue.map { $0 > now } ?? true
  }

  /// Begins to load the entries of the next lease.
  mutating func beginLoading(at now: Timestamp, of notifier: String) -> OutboxQuery {
    isLoading = true
    isOutdated = false
    return OutboxQuery(
      notifier: notifier, now: now, expiredUntil: now - deliverWithin,
      expiredReportedFrom: digests.isEmpty || !isSlow ? 1 : DeliveryLimits.leaseSize,
      limit: isPaced && !isFailing
        ? max(leaseSize, DeliveryLimits.entriesWhileFailing) : leaseSize,
      lookahead: isFailing ? 1 : DeliveryLimits.lookahead)
  }

  /// Replaces the entries in memory by those that were loaded; nil if they could not be read, which
  /// is tried again.
  mutating func fill(_ page: OutboxPage?, at now: Timestamp) {
    guard isLoading else { return }
    isLoading = false
    guard let page else {
      loadDue = now + EndpointHealth.longestPause
      return
    }
    count = page.count
    isWhole = page.isWhole
    loaded.replace(with: page.entries)
    digests.formUnion(page.entries.filter(\.isDigest).map(\.sequence))
    guard !isWhole, page.entries.isEmpty else {
      loadDue = nil
      return
    }
    loadDue = page.nextDue ?? now + EndpointHealth.longestPause
  }

  /// Removes all entries from memory, which stay in the store.
  private mutating func unload(at now: Timestamp) {
    loaded.replace(with: [])
    isWhole = count == 0
    loadDue = isWhole ? nil : now
  }

  /// Removes entries that were abandoned, of which `unloaded` are not in memory; a lease that is under
  /// way goes on.
  mutating func abandon(_ abandoned: AbandonedDeliveries, unloaded: Int) {
    if let until = abandoned.openedUntil {
      let remaining = loaded.all.filter { !$0.isExpired(until) }
      count -= isWhole ? loaded.count - remaining.count : unloaded
      loaded.replace(with: remaining)
    } else {
      count = 0
      loaded.replace(with: [])
      digests = []
    }
    expiredSince = nil
    isWhole = isWhole || count == 0
    loadDue = isWhole ? nil : abandoned.at
  }

  // MARK: Expired entries

  /// Returns the expired entries, oldest first; none during a lease, and while the endpoint fails or
  /// its pace is limited and an earlier digest of such entries is still open.
  ///
  /// Cost: linear in the entries in memory, if one has expired.
  func expired(at now: Timestamp) -> [OutboxEntry] {
    guard canCreateDigest else { return [] }
    return loaded.all.filter { $0.isExpired(now - deliverWithin) }
  }

  /// True if some entry in memory has expired, and a digest of such entries can be created.
  var canCreateDigest: Bool {
    expiredSince != nil && isWhole && !isBusy && (digests.isEmpty || !isSlow)
  }

  // MARK: Reload and clock

  /// Keeps the lease that is under way when a reload replaces the plan, without entries that are not in
  /// `open`: their deliveries were dropped; nil where nothing was.
  mutating func continueLease(from earlier: Outbox, open: Set<Int64>?) {
    endpoint = earlier.endpoint
    digests.formUnion(earlier.digests.filter { open?.contains($0) ?? true })
    guard earlier.loaded.isLeased else { return }
    if isWhole {
      loaded.continueLease(of: earlier.loaded)
    } else {
      loaded = earlier.loaded
      if let open { loaded.replace(with: loaded.all.filter { open.contains($0.sequence) }) }
    }
  }

  /// Moves every time with the wall clock: a clock that is set makes no entry expire.
  mutating func shift(by step: Duration) {
    endpoint.shift(by: step)
    expiredSince = expiredSince.map { $0 + step }
    loadDue = loadDue.map { $0 + step }
    loaded.shift(by: step)
  }

  /// Updates the basis of `nextDue`.
  mutating func dropStalePlaces() { loaded.dropStalePlaces() }
}
