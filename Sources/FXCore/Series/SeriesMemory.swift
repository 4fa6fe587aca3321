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

  /// True if another rate for the same day replaces the one before.
  private let isFixing: Bool

  private var scales: NominalScales

  /// The number of points until the next check for points to drop.
  private var pointsUntilTrim: Int32 = 16

  /// The rules that watch the series, with the progress of their alerts.
  var rules: SeriesRules

  /// Never empty: every point that the plan's rules look back on, the last one before them, and at
  /// least the latest one of two value dates.
  ///
  /// Where a fixing was revised, it has only the valid version, at the place of the first. The publications
  /// of its points are ordinals among those that contain the series, without gaps; those of `latest` and of
  /// stored points are the source's own numbers.
  private(set) var history: SeriesHistory

  /// The current point at its place in the history: that of the first version of its day.
  var placedLatest: SeriesPoint { history.points[history.points.count - 1] }

  /// The points of the history, oldest first.
  var points: [SeriesPoint] { history.points }

  /// The finest scale printed or declared for the current nominal, 0 to 18.
  var scale: Int { scales[latest.rate.nominal] }

  /// Returns the finest scale printed or declared for a nominal, 0 to 18.
  @inline(__always)
  func scale(of nominal: Int64) -> Int { scales[nominal] }

  /// The key of the series within its source.
  var key: SeriesKey { SeriesKey(series) }

  /// The memory of a series with at least one point; `scale` is the finest one that is stored for the
  /// nominal of the latest point, `declared` the one that is known for any.
  ///
  /// `rules` are the plan's rules; `watching` contains the indices of those that watch the series.
  init(
    series: Series, points: [SeriesPoint], absences: [Int64] = [], scale: Int, declared: Int = 0,
    publishedChange: String?, isListed: Bool, isFixing: Bool = false,
    keeping: SeriesHistory.HistoryIndexes, rules: [Rule], watching: [Int]
  ) {
    precondition(!points.isEmpty, "a series has at least one point")
    self.series = series
    latest = points[points.count - 1]
    history = SeriesHistory(
      isFixing ? points.withoutReplaced.inOrdinals : points.excluding(absences),
      keeping: keeping)
    self.rules = SeriesRules(watching, of: rules, on: series.pair, at: latest)
    self.isFixing = isFixing
    scales = NominalScales(declared: declared)
    scales.record(scale, for: latest.rate.nominal)
    for point in points { scales.record(point.rate.printed.scale, for: point.rate.nominal) }
    self.publishedChange = publishedChange
    self.isListed = isListed
  }

  /// Returns the ordinal of a publication that contains the series, from the source's own number.
  ///
  /// Of a fixing each value date counts once. Of any other series each publication counts since the latest
  /// point; one in which it returns has the number of the first one without it.
  func ordinal(of number: Int64, isDated: Bool) -> Int64 {
    isFixing && isDated
      ? placedLatest.publication + 1 : number - latest.publication + placedLatest.publication
  }

  /// Excludes publications without the series, before the one in which it returns is appended.
  mutating func skip(_ publications: Int64) {
    latest = latest.placed(at: latest.publication + publications)
  }

  /// Returns the latest point of a value date other than `day`.
  func latest(before day: CalendarDay?) -> SeriesPoint? {
    points.last { $0.valueDate != day }
  }

  /// Appends the point of an observation that was stored, with the finest scale printed so far.
  ///
  /// Another rate for the day of a fixing takes the place of the latest point in the history.
  mutating func append(
    _ point: SeriesPoint, scale: Int, publishedChange: String?, lookback: Lookback, rules: [Rule]
  ) {
    let earlier = latest.rate
    if isFixing, point.valueDate != nil, latest.valueDate == point.valueDate {
      latest = point
      history.replaceLast(with: point.placed(like: placedLatest))
    } else {
      append(point, lookback, rules)
    }
    scales.record(scale, for: point.rate.nominal)
    self.publishedChange = publishedChange
    isListed = true
    self.rules.update(from: earlier, in: rules, on: constant)
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
  private mutating func append(_ point: SeriesPoint, _ lookback: Lookback, _ rules: [Rule]) {
    let ordinal = ordinal(of: point.publication, isDated: point.valueDate != nil)
    latest = point
    history.append(point.placed(at: ordinal))
    pointsUntilTrim -= 1
    if pointsUntilTrim <= 0 { trim(lookback, rules) }
  }

  /// Drops points that no rule looks back on, where they are at least half of all.
  private mutating func trim(_ lookback: Lookback, _ rules: [Rule]) {
    let (points, point) = (history.points, placedLatest)
    pointsUntilTrim = Int32(clamping: max(8, points.count / 4))
    var start = lookback.start(from: point.firstSeen)
    if lookback.isSinceArmed, let armed = self.rules.firstArmed(of: rules) {
      start = min(start, armed)
    }
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

extension [SeriesPoint] {
  /// The points with the publications left out from each absence to the point after it.
  fileprivate func excluding(_ absences: [Int64]) -> [SeriesPoint] {
    guard !absences.isEmpty else { return self }
    var missed: Int64 = 0
    var rest = absences[...]
    return enumerated().map { place, point in
      let earlier = rest.prefix { $0 <= point.publication }
      rest = rest.dropFirst(earlier.count)
      if place > 0, let start = earlier.first { missed += point.publication - start }
      return missed == 0 ? point : point.placed(at: point.publication - missed)
    }
  }

  /// The points of a fixing in consecutive publications, up to that of the last.
  fileprivate var inOrdinals: [SeriesPoint] {
    guard let last, last.valueDate != nil else { return self }
    return enumerated().map { place, point in
      point.placed(at: last.publication - Int64(count - 1 - place))
    }
  }

  /// The points of a fixing without those that a later version of their day replaced; that takes the
  /// place of the first.
  fileprivate var withoutReplaced: [SeriesPoint] {
    var valid: [SeriesPoint] = []
    valid.reserveCapacity(count)
    for point in self {
      if let last = valid.last, point.valueDate != nil, last.valueDate == point.valueDate {
        valid[valid.count - 1] = point.placed(like: last)
      } else {
        valid.append(point)
      }
    }
    return valid
  }
}
