/// Runs rules over publications of the past, by the engine that runs live: what was known when it was
/// known, one publication after the other, and the clock between them.
///
/// Cost: that of the engine for as many publications.
package struct Backtest: Sendable {
  /// An alert that fired or was resolved.
  package struct Transition: Hashable, Sendable {
    package let at: Timestamp
    package let key: AlertKey

    /// Whether it fired; otherwise it was resolved.
    package let isFiring: Bool

    /// The `data` of what people would have been told, written when it is read; nil for the end.
    package let data: JSONText?
  }

  /// The move of one series with one publication.
  package struct Move: Hashable, Sendable {
    package let at: Timestamp
    package let series: Series
    package let from: SeriesPoint
    package let to: SeriesPoint

    /// As printed: 0.01 is one percent.
    package let change: Fraction
  }

  /// How many of the largest moves of a series are remembered.
  package static let largestMoves = 10

  /// Everything that fired and was resolved, in order.
  package private(set) var transitions: [Transition] = []

  /// When alerts began to flap: from then on nothing was told until they were stable.
  package private(set) var flaps: [(at: Timestamp, key: AlertKey)] = []

  /// The largest moves of each series since `countingFrom`, the largest first.
  package var moves: [Series: [Move]] {
    let all = largest.values.joined().compactMap { moves in moves.first.map { ($0.series, moves) } }
    return Dictionary(uniqueKeysWithValues: all)
  }

  /// The same, by the places of the series at their source.
  private var largest: [SourceName: [[Move]]] = [:]

  private(set) var engine: Engine
  private let start: Timestamp?
  private var now: Timestamp
  /// What each source's page says between two publications, in the order of pairs and sides.
  private var pages: [SourceName: [Observation]] = [:]
  private var firing: [String: AlertKey] = [:]
  /// Until when each source's latest publication was seen unchanged.
  private var lastSeen: [SourceName: Timestamp] = [:]

  /// A back-test of the plan's rules, before any publication; moves count from an instant on, or
  /// from the first publication.
  package init(plan: Plan, zones: any Zones, countingFrom start: Timestamp?) {
    let quiet = Plan(sources: plan.sources, rules: plan.rules, notifiers: [])
    let nothing = StoredState(
      installation: "backtest", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: [])
    now = Timestamp(milliseconds: 0)
    engine = Engine(plan: quiet, stored: nothing, zones: zones, now: now, notifies: false)
    self.start = start
  }

  /// Lets the next publication become known.
  ///
  /// Publications come in the order they were first seen; one of a source the plan does not have is
  /// passed over.
  package mutating func take(_ past: PastPublication) {
    let name = past.publication.source
    guard engine.sources.byName[name] != nil else { return }
    passTime(until: past.publication.firstSeen)
    seeAgain(name, at: past.publication.firstSeen)
    now = max(now, past.publication.firstSeen)
    lastSeen[name] = past.publication.lastSeen
    var page = pages.removeValue(forKey: name) ?? []
    page.take(past.observations)
    let reading = SourceReading(
      valueDate: past.publication.valueDate, observations: page,
      headlines: past.publication.headlines)
    pages[name] = page
    step(
      .fetched(
        name, .read(reading, bodyHash: past.publication.bodyHash, validators: nil)))
  }

  /// Lets time pass without a publication.
  package mutating func passTime(until end: Timestamp) {
    while let alarm = engine.alerts.alarms.next, alarm < end {
      for name in lastSeen.keys.sorted() { seeAgain(name, at: alarm) }
      now = max(now, alarm)
      step(.woke)
    }
  }

  /// Has a source say the same again until an instant, as far as it was seen to: what was looked for
  /// decides what is missing, and what was found late.
  private mutating func seeAgain(_ name: SourceName, at instant: Timestamp) {
    guard let seen = lastSeen[name].map({ min($0, instant) }),
      engine.sources.byName[name]?.state.lastSuccess.map({ $0 < seen }) ?? false
    else { return }
    _ = engine.absorb(engine.decide(.fetched(name, .unchanged), at: seen), at: seen)
  }

  private mutating func step(_ event: Event) {
    let decision = engine.decide(event, at: now)
    let changeset = decision.changeset
    if start.map({ now >= $0 }) ?? true { note(changeset.observations) }
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

  /// Remembers moves that are among the largest of their series.
  private mutating func note(_ records: [ObservationRecord]) {
    guard let source = records.first?.series.source else { return }
    // Taken out for the while, so that nothing is copied.
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
  /// Takes over what a publication says anew of a page that is kept in order.
  fileprivate mutating func take(_ news: [PastPublication.Observation]) {
    var expected = 0
    for observation in news {
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

  /// The place of the first line that is not before a key; `expected` is tried first.
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
