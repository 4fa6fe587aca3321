/// The open deliveries of one notifier, in memory: which are due, in which order, and how many may
/// be under way.
///
/// A value; the store holds the truth. Entries of one lane leave in order. While the endpoint fails,
/// one shipment is tried at a time, with a pause before each: a dead receiver is not hammered, and one
/// event that a receiver refuses does not hold up the others. What has become too old to be told by
/// itself is not leased: it waits to be told in a digest.
///
/// An operation costs the entries it touches times the logarithm of what is open.
struct Outbox: Hashable, Sendable {
  /// How the lanes of the digests of events that came too late begin: each digest has its own, so
  /// that none waits for the next attempt at another.
  static let digestLane = "too late"

  /// How long after it was put in the outbox an event is told by itself.
  let deliverWithin: Duration

  /// Whether the events of one moment travel together.
  private let batches: Bool

  /// Shipments in flight while the endpoint works.
  private let atOnce: Int

  /// The lanes of the digests that are open.
  private var digests: Set<String> = []

  /// Open entries of each lane, oldest first; no lane is empty.
  private var lanes: [String: ArraySlice<OutboxEntry>] = [:]

  /// The lane of each open entry.
  private var lanesBySequence: [Int64: String] = [:]

  /// Where each lane goes on that is not under way: what was due when last looked at, oldest first,
  /// and what is to come, soonest first.
  ///
  /// A place that meanwhile moved is skipped when it comes up.
  private var ready = Heap<Place>()
  private var coming = Heap<Place>()

  /// The lanes of the lease that is out, with the last entry it took of each; empty when none is.
  private var leased: [String: Int64] = [:]

  /// Since when some entry that is due is too old to be told by itself.
  private var lateSince: Timestamp?

  /// Attempts that failed since the last one that did not.
  private(set) var failures = 0

  /// Whether an attempt of the lease that is out has failed.
  private var leaseHasFailed = false

  /// Why the last of them failed; nil while none has.
  private(set) var lastFailure: String?

  /// While the endpoint fails it is left alone until then.
  private var pausedUntil: Timestamp?

  /// How long the first pause lasts; each further failure adds as much, up to the longest.
  static let pause: Duration = .seconds(5)
  static let longestPause: Duration = .seconds(60)

  /// An entry's place in a heap: by `rank`, then by age.
  fileprivate struct Place: Comparable, Hashable {
    let rank: Int64
    let sequence: Int64
    let due: Timestamp
    let lane: String

    static func < (one: Place, other: Place) -> Bool {
      (one.rank, one.sequence) < (other.rank, other.sequence)
    }
  }

  /// An empty outbox.
  init(of notifier: PlannedNotifier) {
    deliverWithin = notifier.deliverWithin
    batches = notifier.batches
    atOnce = notifier.atOnce
  }

  /// How many entries are open.
  var count: Int { lanesBySequence.count }

  /// Every open entry, oldest first.
  ///
  /// Cost: all of them.
  var entries: [OutboxEntry] { lanes.values.joined().sorted { $0.sequence < $1.sequence } }

  /// The entry of a sequence; nil when it is not open.
  func entry(_ sequence: Int64) -> OutboxEntry? {
    guard let lane = lanesBySequence[sequence], let entries = lanes[lane] else { return nil }
    return Self.index(of: sequence, in: entries).map { entries[$0] }
  }

  /// Adds an entry that is newer than all before.
  mutating func append(_ entry: OutboxEntry) {
    lanes[entry.lane, default: []].append(entry)
    lanesBySequence[entry.sequence] = entry.lane
    if Self.isDigest(entry) {
      digests.insert(entry.lane)
      lateSince = nil
    }
    if lanes[entry.lane]?.count == 1 { offer(entry.lane) }
  }

  // MARK: Leasing

  /// The next instant at which something can be leased, or told in a digest; nil while a lease is
  /// out or nothing waits.
  var nextDue: Timestamp? {
    guard leased.isEmpty else { return nil }
    let next = [ready.least?.due, coming.least?.due].compactMap(\.self).min()
    let free = next.map { max($0, pausedUntil ?? $0) }
    return [free, canDigest ? lateSince : nil].compactMap(\.self).min()
  }

  /// Takes what is due: the oldest entry alone while the endpoint fails, with those it travels with,
  /// up to a lease's size of entries otherwise; nil when nothing is.
  ///
  /// A lane whose head must wait waits as a whole.
  mutating func lease(at now: Timestamp, to notifier: String) -> Lease? {
    dropStalePlaces()
    guard leased.isEmpty, pausedUntil.map({ $0 <= now }) ?? true else { return nil }
    while let least = coming.least, least.due <= now {
      _ = coming.popLeast()
      ready.insert(Place(least.sequence, of: least))
    }
    let alone = batches ? EngineLimits.batchSize : 1
    let size = failures > 0 ? alone : EngineLimits.leaseSize
    var taken: [OutboxEntry] = []
    var passed: [Place] = []
    while taken.count < size, let place = ready.popLeast() {
      guard let lane = lanes[place.lane],
        let index = Self.index(of: place.sequence, in: lane),
        leased[place.lane] == (index == lane.startIndex ? nil : lane[index - 1].sequence)
      else { continue }
      let entry = lane[index]
      guard entry.due <= now else {
        if index == lane.startIndex { coming.insert(Place(entry)) }
        continue
      }
      guard !isLate(entry, at: now) else {
        lateSince = lateSince ?? now
        continue
      }
      if failures > 0, let first = taken.first, first.batch != entry.batch {
        passed.append(place)
        continue
      }
      taken.append(entry)
      leased[entry.lane] = entry.sequence
      if index + 1 < lane.endIndex {
        let next = Place(lane[index + 1])
        ready.insert(Place(next.sequence, of: next))
      }
    }
    for place in passed { ready.insert(place) }
    guard !taken.isEmpty else { return nil }
    return Lease(notifier: notifier, entries: taken, atOnce: failures > 0 ? 1 : atOnce)
  }

  /// Notes that a lease, or part of it, is back.
  ///
  /// `failure` is why its last attempt failed, nil when it did not; `slowDown` says that the
  /// receiver asked for mercy. A part without attempts says nothing of the endpoint.
  mutating func returned(_ ended: Decision.EndedLease, at now: Timestamp) {
    if ended.isLast {
      let lanes = leased.keys.sorted()
      leased = [:]
      for lane in lanes { offer(lane) }
    }
    defer { if ended.isLast { leaseHasFailed = false } }
    guard ended.attempts > 0 else { return }
    lastFailure = ended.failure
    guard ended.failure != nil else {
      failures = 0
      pausedUntil = nil
      leaseHasFailed = false
      return
    }
    // Eight attempts at once that fail together are one failure of the endpoint.
    if !leaseHasFailed { failures += 1 }
    leaseHasFailed = true
    let pause = ended.slowDown ? Self.longestPause : min(Self.pause * failures, Self.longestPause)
    pausedUntil = now + pause
  }

  /// Takes over how attempts ended.
  mutating func settle(_ settlements: [Settlement]) {
    for settlement in settlements {
      guard let lane = lanesBySequence[settlement.sequence],
        let index = lanes[lane].flatMap({ Self.index(of: settlement.sequence, in: $0) })
      else { continue }
      switch settlement.result {
      case .delivered, .dead:
        lanesBySequence[settlement.sequence] = nil
        if index == lanes[lane]?.startIndex {
          _ = lanes[lane]?.popFirst()
        } else {
          lanes[lane]?.remove(at: index)
        }
        if lanes[lane]?.isEmpty == true {
          lanes[lane] = nil
          digests.remove(lane)
        }
      case .postponed(let due):
        lanes[lane]?[index].attempts = settlement.attempts
        lanes[lane]?[index].due = due
      }
      offer(lane)
    }
    if lanes.isEmpty { lateSince = nil }
  }

  // MARK: Too late

  /// The entries that are too old to be told by themselves, oldest first; empty while a lease is
  /// out, and while the endpoint fails and an earlier digest of such entries is still open.
  ///
  /// Cost: everything open, where there is one.
  func late(at now: Timestamp) -> [OutboxEntry] {
    guard canDigest else { return [] }
    return entries.filter { isLate($0, at: now) }
  }

  private var canDigest: Bool {
    lateSince != nil && leased.isEmpty && (digests.isEmpty || failures == 0)
  }

  private func isLate(_ entry: OutboxEntry, at now: Timestamp) -> Bool {
    !Self.isDigest(entry) && entry.opened + deliverWithin <= now
  }

  private static func isDigest(_ entry: OutboxEntry) -> Bool { entry.lane.hasPrefix(digestLane) }

  // MARK: Changes from outside

  /// Keeps what is under way when a new plan takes over.
  mutating func carryOver(from earlier: Outbox) {
    leased = earlier.leased
    failures = earlier.failures
    lastFailure = earlier.lastFailure
    pausedUntil = earlier.pausedUntil
  }

  /// Moves every due instant with the clock.
  mutating func shift(by step: Duration) {
    pausedUntil = pausedUntil.map { $0 + step }
    lateSince = lateSince.map { $0 + step }
    ready = Heap()
    coming = Heap()
    for (name, var lane) in lanes {
      for index in lane.indices { lane[index].due = lane[index].due + step }
      lanes[name] = lane
      offer(name)
    }
  }

  /// Leaves places where a lane goes on at the top of both heaps, for `nextDue`.
  private mutating func dropStalePlaces() {
    guard leased.isEmpty else { return }
    while let place = ready.least, !isCurrent(place) { _ = ready.popLeast() }
    while let place = coming.least, !isCurrent(place) { _ = coming.popLeast() }
  }

  private func isCurrent(_ place: Place) -> Bool {
    let head = lanes[place.lane]?.first
    return head?.sequence == place.sequence && head?.due == place.due
  }

  /// Notes where a lane goes on, unless it is under way.
  private mutating func offer(_ lane: String) {
    guard leased[lane] == nil, let head = lanes[lane]?.first else { return }
    coming.insert(Place(head))
  }

  private static func index(of sequence: Int64, in lane: ArraySlice<OutboxEntry>) -> Int? {
    var low = lane.startIndex
    var high = lane.endIndex
    while low < high {
      let middle = (low + high) / 2
      if lane[middle].sequence < sequence { low = middle + 1 } else { high = middle }
    }
    return low < lane.endIndex && lane[low].sequence == sequence ? low : nil
  }
}

extension Outbox.Place {
  /// An entry that is to come, ranked by when it is due.
  fileprivate init(_ entry: OutboxEntry) {
    self.init(
      rank: entry.due.milliseconds, sequence: entry.sequence, due: entry.due, lane: entry.lane)
  }

  /// The same place under another rank.
  fileprivate init(_ rank: Int64, of place: Outbox.Place) {
    self.init(rank: rank, sequence: place.sequence, due: place.due, lane: place.lane)
  }
}
