/// What the engine remembers of one series: the points its rules look back on, and how far its
/// alerts have come.
struct SeriesMemory: Sendable {
  let series: Series

  /// The figure in force.
  private(set) var latest: SeriesPoint

  /// Never empty: every point the plan's rules look back on, the last one before them, and at least
  /// the latest one of two value dates.
  private(set) var history: SeriesHistory

  /// Its points, oldest first.
  var points: [SeriesPoint] { history.points }

  /// How many points come until it is next seen whether some can go.
  private var nextCut = 16

  /// The finest scale seen or declared.
  var scale: Int

  /// The source's change figure beside the latest point.
  var publishedChange: String?

  /// Whether the latest publication of its source still has it.
  var isListed: Bool

  /// The rules that watch it, with their alerts.
  var watches: Watches

  /// What the series is called within its source.
  var key: Engine.SeriesKey { Engine.SeriesKey(series) }

  /// The memory of a series with at least one point.
  ///
  /// `rules` are the plan's, `watching` the places of those that watch the series.
  init(
    series: Series, points: [SeriesPoint], scale: Int, publishedChange: String?, isListed: Bool,
    keeping: SeriesHistory.Keeping, rules: [Rule], watching: [Int]
  ) {
    precondition(!points.isEmpty, "a series is remembered from its first point on")
    self.series = series
    latest = points[points.count - 1]
    history = SeriesHistory(points, keeping: keeping)
    watches = Watches(watching, of: rules, on: series.pair, at: latest)
    self.scale = scale
    self.publishedChange = publishedChange
    self.isListed = isListed
  }

  /// The latest figure of a value date other than `day`.
  func latest(before day: CalendarDay?) -> SeriesPoint? {
    points.last { $0.valueDate != day }
  }

  /// Takes over what was stored of a publication.
  mutating func take(_ record: ObservationRecord, reach: HistoryReach, rules: [Rule]) {
    let earlier = latest.rate
    append(record.point, reach: reach)
    scale = record.scale
    publishedChange = record.publishedChange
    isListed = true
    watches.settle(from: earlier, in: rules, on: steady)
  }

  /// The memory as it was before the latest of at least two points.
  func withoutLatest(keeping: SeriesHistory.Keeping) -> SeriesMemory {
    var earlier = self
    let before = Array(points.dropLast())
    earlier.history = SeriesHistory(before, keeping: keeping)
    earlier.latest = before[before.count - 1]
    return earlier
  }

  /// Moves the alert of a rule; nothing where the rule does not watch the series.
  mutating func setAlert(_ alert: AlertStanding?, of rule: Int, in rules: [Rule]) {
    watches.set(alert, of: rule, in: rules, on: steady)
  }

  /// What conditions on levels come to while the rate stands.
  private var steady: SteadySeries { SteadySeries(current: latest, pair: series.pair) }

  /// Adds a point and lets go of those no rule looks back on any more.
  ///
  /// Cost: constant on average; it is looked now and then whether half of them can go.
  private mutating func append(_ point: SeriesPoint, reach: HistoryReach) {
    latest = point
    history.append(point)
    nextCut -= 1
    guard nextCut <= 0 else { return }
    let points = history.points
    nextCut = max(8, points.count / 4)
    let start = reach.start(from: point.firstSeen)
    let number = point.publication - Int64(reach.publications)
    func isOutside(_ point: SeriesPoint) -> Bool {
      point.firstSeen < start && point.publication < number
    }
    guard isOutside(points[points.count / 2]) else { return }
    let firstInside = points.firstIndex { !isOutside($0) } ?? 0
    // Where no other day is remembered none has to be kept.
    let otherDay = points.lastIndex { $0.valueDate != point.valueDate } ?? points.count
    history.removeFirst(max(0, min(firstInside - 1, otherDay, points.count - 2)))
  }
}

/// A series as a condition sees it while one publication is judged.
struct JudgedSeries: SeriesView {
  /// What is remembered of the series, at its place; nothing is copied out of it.
  let table: SeriesTable
  let place: Int
  let current: SeriesPoint
  let previous: SeriesPoint?
  let scale: Int
  let lastPublished: Timestamp
  let publication: Int64
  let publishedChange: String?
  let changeScale: Int?
  let isRevision: Bool
  let neighbours: Neighbours
  var isSuspect = false

  /// How the source keeps its calendar; nil where it has none.
  let punctuality: Punctuality?

  var memory: SeriesMemory { table.all[place] }
  var history: SeriesHistory { table.all[place].history }
  var pair: CurrencyPair { table.all[place].series.pair }
  var otherDay: SeriesPoint? { table.all[place].latest(before: current.valueDate) }

  func missedPublications(at now: Timestamp) -> Int? { punctuality?.missed(at: now) }

  func nextMissedPublication(after now: Timestamp) -> Timestamp? {
    punctuality?.nextMissed(after: now)
  }

  func rate(at source: SourceName) -> RateRange? {
    let side = memory.series.side
    let inverse = CurrencyPair(base: pair.quote, quote: pair.base)
    for side in side == .mid ? [.mid] : [side, .mid] {
      if let printed = neighbours.range(of: .init(pair: pair, side: side), at: source) {
        return printed
      }
      if let printed = neighbours.range(of: .init(pair: inverse, side: side), at: source) {
        return RateRange(exactly: .one).divided(by: printed)
      }
    }
    return nil
  }

  var siblings: [CurrencyPair] {
    neighbours.pairs(on: memory.series.side, at: memory.series.source)
  }

  func rate(of sibling: CurrencyPair) -> RateRange? {
    neighbours.range(
      of: .init(pair: sibling, side: memory.series.side), at: memory.series.source)
  }
}

/// The other series of all sources, as they stand with the publication that is judged.
struct Neighbours {
  let sources: [SourceName: Engine.SourceMemory]

  /// What the publication that is judged has of its source; nil where none is.
  var fresh: (source: SourceName, listed: [Engine.SeriesKey: (rate: Rate, scale: Int)])?

  /// A listed rate with the range its rounding leaves; nil where the source prints none now.
  func range(of key: Engine.SeriesKey, at source: SourceName) -> RateRange? {
    if let fresh, fresh.source == source {
      return fresh.listed[key].map { RateRange($0.rate, scale: $0.scale) }
    }
    guard let memory = sources[source]?.series[key], memory.isListed else { return nil }
    let rate = memory.latest.rate
    return RateRange(rate, scale: max(memory.scale, rate.printed.scale))
  }

  /// The listed pairs of a source on a side, sorted.
  func pairs(on side: Side, at source: SourceName) -> [CurrencyPair] {
    if let fresh, fresh.source == source {
      return fresh.listed.keys.filter { $0.side == side }.map(\.pair).sorted()
    }
    let series = sources[source]?.series.all ?? []
    return series.filter { $0.series.side == side && $0.isListed }.map(\.series.pair).sorted()
  }
}
