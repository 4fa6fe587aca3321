/// What the engine remembers of one series: the points its rules look back on, and how far its
/// alerts have come.
struct SeriesMemory: Sendable {
  let series: Series

  /// Oldest first, never empty: every point inside the longest window of the plan's rules, the last
  /// one before it, and at least the latest one of two value dates.
  private(set) var points: [SeriesPoint]

  /// The finest scale seen or declared.
  var scale: Int

  /// The source's change figure beside the latest point.
  var publishedChange: String?

  /// Whether the latest publication of its source still has it.
  var isListed: Bool

  /// The rules that watch it, with their alerts.
  var watches: [Watch] = []

  /// One rule on this series.
  struct Watch: Sendable {
    /// The rule's place in the plan.
    let rule: Int
    var phase: AlertState.Phase?
  }

  /// The memory of a series with at least one point.
  init(
    series: Series, points: [SeriesPoint], scale: Int, publishedChange: String?, isListed: Bool
  ) {
    precondition(!points.isEmpty, "a series is remembered from its first point on")
    self.series = series
    self.points = points
    self.scale = scale
    self.publishedChange = publishedChange
    self.isListed = isListed
  }

  /// The figure in force.
  var latest: SeriesPoint { points[points.count - 1] }

  /// The latest figure of a value date other than `day`.
  func latest(before day: CalendarDay?) -> SeriesPoint? {
    points.last { $0.valueDate != day }
  }

  /// Takes over what was stored of a publication.
  mutating func take(_ record: ObservationRecord, window: Duration) {
    append(record.point, window: window)
    scale = record.scale
    publishedChange = record.publishedChange
    isListed = true
  }

  /// Moves the alert of a rule; nothing where the rule does not watch the series.
  mutating func setPhase(_ phase: AlertState.Phase?, ofRule rule: Int?) {
    guard let index = watches.firstIndex(where: { $0.rule == rule }) else { return }
    watches[index].phase = phase
  }

  /// Adds a point and lets go of those no rule looks back on any more. Cost: constant on average;
  /// the front is cut only when half of it is out of the window.
  private mutating func append(_ point: SeriesPoint, window: Duration) {
    points.append(point)
    guard points.count >= 16, points[points.count / 2].firstSeen < point.firstSeen - window else {
      return
    }
    let firstInside = points.firstIndex { $0.firstSeen >= point.firstSeen - window } ?? 0
    let otherDay = points.lastIndex { $0.valueDate != point.valueDate } ?? 0
    points.removeFirst(max(0, min(firstInside - 1, otherDay, points.count - 2)))
  }
}

/// A series as a condition sees it while one publication is judged.
struct JudgedSeries: SeriesView {
  let memory: SeriesMemory
  let current: SeriesPoint
  let previous: SeriesPoint?
  let scale: Int
  let lastPublished: Timestamp
  var isRevision = false

  func point(at instant: Timestamp) -> SeriesPoint? {
    if current.firstSeen <= instant { return current }
    var low = 0
    var high = memory.points.count
    while low < high {
      let middle = (low + high) / 2
      if memory.points[middle].firstSeen <= instant { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? memory.points[low - 1] : nil
  }
}
