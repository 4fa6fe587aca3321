/// What the engine remembers of one series: the points its rules look back on, and how far its
/// alerts have come.
struct SeriesMemory: Sendable {
  // What every page looks at stands first, side by side: of thousands of series only some fit the
  // processor's caches.

  let series: Series

  /// The figure in force.
  private(set) var latest: SeriesPoint

  /// The source's change figure beside the latest point.
  var publishedChange: String?

  /// Whether the latest publication of its source still has it.
  var isListed: Bool

  /// The finest scale; small, as the memory of a series is.
  private var places: UInt8

  /// How many points come until it is next seen whether some can go.
  private var nextCut: Int32 = 16

  /// The rules that watch it, with their alerts.
  var watches: SeriesRules

  /// Never empty: every point the plan's rules look back on, the last one before them, and at least
  /// the latest one of two value dates.
  private(set) var history: SeriesHistory

  /// Its points, oldest first.
  var points: [SeriesPoint] { history.points }

  /// The finest scale seen or declared, 0 to 18.
  var scale: Int { Int(places) }

  /// What the series is called within its source.
  var key: Engine.SeriesKey { Engine.SeriesKey(series) }

  /// The memory of a series with at least one point.
  ///
  /// `rules` are the plan's, `watching` the places of those that watch the series.
  init(
    series: Series, points: [SeriesPoint], scale: Int, publishedChange: String?, isListed: Bool,
    keeping: SeriesHistory.HistoryIndexes, rules: [Rule], watching: [Int]
  ) {
    precondition(!points.isEmpty, "a series is remembered from its first point on")
    self.series = series
    latest = points[points.count - 1]
    history = SeriesHistory(points, keeping: keeping)
    watches = SeriesRules(watching, of: rules, on: series.pair, at: latest)
    places = UInt8(clamping: scale)
    self.publishedChange = publishedChange
    self.isListed = isListed
  }

  /// The latest figure of a value date other than `day`.
  func latest(before day: CalendarDay?) -> SeriesPoint? {
    points.last { $0.valueDate != day }
  }

  /// Takes over what was stored of a publication.
  mutating func take(
    _ point: SeriesPoint, scale: Int, publishedChange: String?, reach: Lookback, rules: [Rule]
  ) {
    let earlier = latest.rate
    append(point, reach: reach)
    places = UInt8(clamping: scale)
    self.publishedChange = publishedChange
    isListed = true
    watches.settle(from: earlier, in: rules, on: steady)
  }

  /// The memory as it was before the latest of at least two points.
  func withoutLatest(keeping: SeriesHistory.HistoryIndexes) -> SeriesMemory {
    var earlier = self
    let before = Array(points.dropLast())
    earlier.history = SeriesHistory(before, keeping: keeping)
    earlier.latest = before[before.count - 1]
    earlier.watches.stand(at: earlier.latest.rate)
    return earlier
  }

  /// Moves the alert of a rule; nothing where the rule does not watch the series.
  mutating func setAlert(_ alert: AlertProgress?, of rule: Int, in rules: [Rule]) {
    watches.set(alert, of: rule, in: rules, on: steady)
  }

  /// What conditions on levels come to while the rate stands.
  private var steady: ConstantSeries { ConstantSeries(current: latest, pair: series.pair) }

  /// Adds a point and lets go of those no rule looks back on any more.
  ///
  /// Cost: constant on average; it is looked now and then whether half of them can go.
  private mutating func append(_ point: SeriesPoint, reach: Lookback) {
    latest = point
    history.append(point)
    nextCut -= 1
    if nextCut <= 0 { cut(reach) }
  }

  /// Lets go of points no rule looks back on any more, where they are half of all.
  private mutating func cut(_ reach: Lookback) {
    let (points, point) = (history.points, latest)
    nextCut = Int32(clamping: max(8, points.count / 4))
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
