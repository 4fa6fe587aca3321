/// The part of one series that is kept in memory: the points its rules look back on, and the
/// progress of its alerts.
struct SeriesMemory: Sendable {
  // The properties that every publication reads come first, side by side: of thousands of series
  // only some fit the processor's caches.

  let series: Series

  /// The current point.
  private(set) var latest: SeriesPoint

  /// The change that the source prints beside the latest point.
  var publishedChange: String?

  /// True if the latest publication of its source contains the series.
  var isListed: Bool

  /// The scale, in one byte, as there are many series.
  private var storedScale: UInt8

  /// The number of points until the next check for points to drop.
  private var pointsUntilTrim: Int32 = 16

  /// The rules that watch the series, with the progress of their alerts.
  var rules: SeriesRules

  /// Never empty: every point that the plan's rules look back on, the last one before them, and at
  /// least the latest one of two value dates.
  private(set) var history: SeriesHistory

  /// The points of the history, oldest first.
  var points: [SeriesPoint] { history.points }

  /// The finest scale printed or declared, 0 to 18.
  var scale: Int { Int(storedScale) }

  /// The key of the series within its source.
  var key: SeriesKey { SeriesKey(series) }

  /// The memory of a series with at least one point.
  ///
  /// `rules` are the plan's rules; `watching` contains the indices of those that watch the series.
  init(
    series: Series, points: [SeriesPoint], scale: Int, publishedChange: String?, isListed: Bool,
    keeping: SeriesHistory.HistoryIndexes, rules: [Rule], watching: [Int]
  ) {
    precondition(!points.isEmpty, "a series has at least one point")
    self.series = series
    latest = points[points.count - 1]
    history = SeriesHistory(points, keeping: keeping)
    self.rules = SeriesRules(watching, of: rules, on: series.pair, at: latest)
    storedScale = UInt8(clamping: scale)
    self.publishedChange = publishedChange
    self.isListed = isListed
  }

  /// Returns the latest point of a value date other than `day`.
  func latest(before day: CalendarDay?) -> SeriesPoint? {
    points.last { $0.valueDate != day }
  }

  /// Appends the point of an observation that was stored, with the finest scale printed so far.
  mutating func append(
    _ point: SeriesPoint, scale: Int, publishedChange: String?, lookback: Lookback, rules: [Rule]
  ) {
    let earlier = latest.rate
    append(point, lookback)
    storedScale = UInt8(clamping: scale)
    self.publishedChange = publishedChange
    isListed = true
    self.rules.update(from: earlier, in: rules, on: constant)
  }

  /// Returns the memory as it was before the latest of at least two points.
  func withoutLatest(keeping: SeriesHistory.HistoryIndexes) -> SeriesMemory {
    var earlier = self
    let before = Array(points.dropLast())
    earlier.history = SeriesHistory(before, keeping: keeping)
    earlier.latest = before[before.count - 1]
    earlier.rules.setRate(earlier.latest.rate)
    return earlier
  }

  /// Sets the progress of a rule's alert; no effect where the rule does not watch the series.
  mutating func setAlert(_ progress: AlertProgress?, of rule: Int, in rules: [Rule]) {
    self.rules.set(progress, of: rule, in: rules, on: constant)
  }

  /// The series as if it kept its current rate for ever.
  private var constant: ConstantSeries { ConstantSeries(current: latest, pair: series.pair) }

  /// Appends a point, and drops points that no rule looks back on.
  ///
  /// Cost: constant on average; the check runs after a quarter more points.
  private mutating func append(_ point: SeriesPoint, _ lookback: Lookback) {
    latest = point
    history.append(point)
    pointsUntilTrim -= 1
    if pointsUntilTrim <= 0 { trim(lookback) }
  }

  /// Drops points that no rule looks back on, where they are at least half of all.
  private mutating func trim(_ lookback: Lookback) {
    let (points, point) = (history.points, latest)
    pointsUntilTrim = Int32(clamping: max(8, points.count / 4))
    let start = lookback.start(from: point.firstSeen)
    let number = point.publication - Int64(lookback.publications)
    func isOutside(_ point: SeriesPoint) -> Bool {
      point.firstSeen < start && point.publication < number
    }
    guard isOutside(points[points.count / 2]) else { return }
    let firstInside = points.firstIndex { !isOutside($0) } ?? 0
    // Without a point of another value date, none has to be kept.
    let otherDay = points.lastIndex { $0.valueDate != point.valueDate } ?? points.count
    history.removeFirst(max(0, min(firstInside - 1, otherDay, points.count - 2)))
  }
}
