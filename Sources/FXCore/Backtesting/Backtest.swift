/// Runs rules over stored publications in the engine of the daemon.
///
/// The engine gets one publication after the other and the clock between them, so it knows at each
/// instant what it knew then. Cost: that of the engine for as many publications.
package struct Backtest: Sendable {
  /// An alert that fired or was resolved.
  package struct Transition: Hashable, Sendable {
    package let at: Timestamp
    package let key: AlertKey

    /// True if it fired; false if it was resolved.
    package let isFiring: Bool

    /// The `data` of the notification that would have been sent, written when it is read; nil for a
    /// resolved alert.
    package let data: JSONText?
  }

  /// The move of one series with one publication.
  package struct Move: Hashable, Sendable {
    package let at: Timestamp
    package let series: Series
    package let from: SeriesPoint
    package let to: SeriesPoint

    /// The relative change of the printed rate: 0.01 is one percent.
    package let change: Fraction
  }

  /// The number of largest moves recorded for each series.
  package static let largestMoves = 10

  /// The alerts that fired or were resolved, in order.
  package private(set) var transitions: [Transition] = []

  /// The instants at which alerts began to flap; a flapping alert sends nothing until it is stable.
  package private(set) var flaps: [(at: Timestamp, key: AlertKey)] = []

  /// The times in which sources did not print series that they printed before.
  private(set) var absences = SeriesAbsences()

  /// The largest moves of each series since the start of the count, the largest first.
  package var moves: [Series: [Move]] {
    let all = largest.values.joined().compactMap { moves in moves.first.map { ($0.series, moves) } }
    return Dictionary(uniqueKeysWithValues: all)
  }

  /// The largest moves by source and the place of the series in its table.
  private var largest: [SourceName: [[Move]]] = [:]

  private(set) var engine: Engine
  private let start: Timestamp?
  private var now: Timestamp
  /// The current page of each source, in the order of pairs and sides.
  private var pages: [SourceName: [Observation]] = [:]
  private var firing: [String: AlertKey] = [:]
  /// The last time at which each source's latest publication was seen unchanged.
  private var lastSeen: [SourceName: Timestamp] = [:]

  /// Creates a back-test of the plan's rules; moves count from `start`, or from the first
  /// publication.
  package init(plan: Plan, zones: any Zones, countingFrom start: Timestamp?) {
    let quiet = Plan(sources: plan.sources, rules: plan.rules, notifiers: [])
    let nothing = StoredState(
      installation: "backtest", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: [])
    now = Timestamp(milliseconds: 0)
    engine = Engine(plan: quiet, stored: nothing, zones: zones, now: now, notifies: false)
    self.start = start
  }

  /// Evaluates the next publication.
  ///
  /// Publications must be in the order they were first seen. One of a source that is not in the plan
  /// is skipped.
  package mutating func append(_ past: PastPublication) {
    let name = past.publication.source
    guard engine.sources.byName[name] != nil else { return }
    passTime(until: past.publication.firstSeen)
    seeAgain(name, at: past.publication.firstSeen)
    now = max(now, past.publication.firstSeen)
    lastSeen[name] = past.publication.lastSeen
    var page = pages.removeValue(forKey: name) ?? []
    page.apply(past.observations)
    let reading = SourceReading(
      valueDate: past.publication.valueDate, observations: page,
      headlines: past.publication.headlines)
    pages[name] = page
    step(
      .fetched(
        name, .read(reading, bodyHash: past.publication.bodyHash, validators: nil)))
  }

  /// Advances the clock without a publication.
  package mutating func passTime(until end: Timestamp) {
    while let alarm = engine.alerts.alarms.next, alarm < end {
      for name in lastSeen.keys.sorted() { seeAgain(name, at: alarm) }
      now = max(now, alarm)
      step(.woke)
    }
  }

  /// Repeats a source's last publication up to an instant, but not after it was last seen.
  ///
  /// The polls decide which publications are missing, and which were found late.
  private mutating func seeAgain(_ name: SourceName, at instant: Timestamp) {
    guard let seen = lastSeen[name].map({ min($0, instant) }),
      engine.sources.byName[name]?.state.lastSuccess.map({ $0 < seen }) ?? false
    else { return }
    _ = engine.absorb(engine.decide(.fetched(name, .unchanged), at: seen), at: seen)
  }

  private mutating func step(_ event: Event) {
    let decision = engine.decide(event, at: now)
    let changeset = decision.changeset
    if start.map({ now >= $0 }) ?? true { recordMoves(of: changeset.observations) }
    absences.record(changeset, at: now)
    let flapping = changeset.alerts.filter { key, state in
      state?.progress.flapping != nil && engine.tables.progress(of: key)?.flapping == nil
    }
    flaps += flapping.keys.sorted().map { (now, $0) }
    for (alertID, _) in changeset.resolved.sorted(by: { $0.key < $1.key }) {
      guard let key = firing.removeValue(forKey: alertID) else { continue }
      transitions.append(transition(key, data: nil, isFiring: false))
    }
    for alert in changeset.fired {
      if alert.kind == .state { firing[alert.id] = alert.key }
      transitions.append(transition(alert.key, data: alert.data, isFiring: true))
    }
    _ = engine.absorb(decision, at: now)
  }

  private func transition(_ key: AlertKey, data: JSONText?, isFiring: Bool) -> Transition {
    Transition(at: now, key: key, isFiring: isFiring, data: data)
  }

  /// Records moves that are among the largest of their series.
  private mutating func recordMoves(of records: [ObservationRecord]) {
    guard let source = records.first?.series.source else { return }
    // Removed during the change, so that nothing is copied.
    var largest = self.largest.removeValue(forKey: source) ?? []
    engine.tables.bySource[source]?.forEachMove(of: records) { place, record, from in
      let change = record.point.rate.perUnit.growth(from: from.rate.perUnit, .toNearest)
      guard let change, !change.isZero else { return }
      while largest.count <= place { largest.append([]) }
      if largest[place].count == Self.largestMoves, let least = largest[place].last {
        guard change.magnitude > least.change.magnitude else { return }
        largest[place].removeLast()
      }
      let rank =
        largest[place].firstIndex { $0.change.magnitude < change.magnitude }
        ?? largest[place].count
      largest[place].insert(
        Move(at: now, series: record.series, from: from, to: record.point, change: change),
        at: rank)
    }
    self.largest[source] = largest
  }
}

extension [Observation] {
  /// Applies the changes of a publication to a sorted page.
  fileprivate mutating func apply(_ changes: [PastPublication.Observation]) {
    var expected = 0
    for observation in changes {
      let key = SeriesKey(pair: observation.pair, side: observation.side)
      let place = self.place(of: key, expected: expected)
      let isThere = place < count && self.key(at: place) == key
      expected = place
      guard let rate = observation.rate else {
        if isThere { remove(at: place) }
        continue
      }
      let line = Observation(
        pair: key.pair, side: key.side, rate: rate, publishedChange: observation.publishedChange)
      if isThere { self[place] = line } else { insert(line, at: place) }
      expected += 1
    }
  }

  private func key(at place: Int) -> SeriesKey {
    SeriesKey(pair: self[place].pair, side: self[place].side)
  }

  /// Returns the place of the first line that is not before a key; `expected` is tried first.
  private func place(of key: SeriesKey, expected: Int) -> Int {
    if expected < count, self.key(at: expected) == key { return expected }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self.key(at: middle) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
