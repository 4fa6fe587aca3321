/// One stored figure of a series: what was printed, for which day, since when it is known.
package struct SeriesPoint: Hashable, Sendable {
  /// The printed figure and its nominal.
  package let rate: Rate

  /// When it was first fetched.
  package let firstSeen: Timestamp

  /// The publication that brought it.
  package let publication: Int64

  /// The day the source says it is for; nil where it says none.
  package let valueDate: CalendarDay?

  /// 1 for the first figure of a value date, one more for each other figure printed for it later.
  package var version: Int { Int(revision) }

  /// The version; small, as the order of the fields is such that little is lost between them: histories
  /// hold many points.
  private let revision: Int32

  /// One stored figure.
  package init(
    rate: Rate, valueDate: CalendarDay?, firstSeen: Timestamp, publication: Int64, version: Int
  ) {
    self.rate = rate
    self.valueDate = valueDate
    self.firstSeen = firstSeen
    self.publication = publication
    revision = Int32(clamping: version)
  }
}

/// What a condition may ask of a series: the port between the condition language and whatever
/// remembers history.
package protocol SeriesView {
  /// The figure of the publication that is being judged.
  var current: SeriesPoint { get }

  /// The figure `change` is measured against: that of the publication before (of the value date
  /// before, where the source prints one fixing a day and this one was revised).
  var previous: SeriesPoint? { get }

  /// The figures before `current`, oldest first; `current` itself is the last of them where it was in
  /// force before this publication.
  var history: SeriesHistory { get }

  /// The number of the publication that is judged; that of `current` or a later one that repeats it.
  var publication: Int64 { get }

  /// When the source last printed something new for the series.
  var lastPublished: Timestamp { get }

  /// The finest scale the series is known to print, 0 to 18.
  var scale: Int { get }

  /// The change figure that stands beside `current`, verbatim; nil where none is printed.
  var publishedChange: String? { get }

  /// The decimals of the rates that the source computes its change figures on; nil for those it
  /// prints.
  var changeScale: Int? { get }

  /// The last figure of a value date other than that of `current`.
  var otherDay: SeriesPoint? { get }

  /// Whether this publication gave a value date that was known another figure.
  var isRevision: Bool { get }

  /// Whether a guard tripped over this publication of the series.
  var isSuspect: Bool { get }

  /// How many publications the source's calendar says are missing at an instant; nil where the
  /// source has no calendar.
  func missedPublications(at now: Timestamp) -> Int?

  /// The next instant after `now` at which one more publication will be missing unless one comes; nil
  /// where the source has no calendar.
  func nextMissedPublication(after now: Timestamp) -> Timestamp?

  /// The latest rate of the same pair at another source, on the same side or else in the middle,
  /// turned round where that source prints it the other way; nil where it prints none.
  func rate(at source: SourceName) -> RateRange?

  /// The pair that is judged.
  var pair: CurrencyPair { get }

  /// The pairs that this source's latest publication has on this side.
  var siblings: [CurrencyPair] { get }

  /// The rate of one of them in that publication.
  func rate(of sibling: CurrencyPair) -> RateRange?
}

extension SeriesView {
  /// The figure in force at an instant: the last one first seen at or before it; nil before the
  /// first.
  package func point(at instant: Timestamp) -> SeriesPoint? {
    point(at: instant.milliseconds, along: .time)
  }

  /// The figure in force at a position; nil before the first.
  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    if axis.position(of: current) <= position { return current }
    return history.point(at: position, along: axis)
  }

  /// The figure in force when a window began; nil where the history does not reach so far.
  func point(before window: Window, now: Timestamp) -> SeriesPoint? {
    switch window {
    case .time(let length): point(at: now.milliseconds - length, along: .time)
    case .publications(let count): point(at: publication - Int64(count), along: .publications)
    case .since(let day): day.start <= now ? point(at: day.start) : nil
    }
  }

  /// From where to where a window reaches along its axis: a window of publications has as many, the
  /// one that is judged included.
  func bounds(of window: Window, now: Timestamp) -> (start: Int64, end: Int64) {
    switch window {
    case .time(let length): (now.milliseconds - length, now.milliseconds)
    case .publications(let count): (publication + 1 - Int64(count), publication + 1)
    case .since(let day): (day.start.milliseconds, now.milliseconds)
    }
  }

  /// The rate of one unit, with the range its rounding leaves.
  package func range(of point: SeriesPoint) -> RateRange {
    RateRange(point.rate, scale: max(scale, point.rate.printed.scale))
  }

  /// The tick of the figure in the history with the smallest nominal: no figure's is coarser.
  var coarsestTick: Fraction {
    let nominal = min(history.smallestNominal, current.rate.nominal)
    let finest = max(scale, current.rate.printed.scale)
    return Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(finest) * Int128(nominal))
  }

  // Each looks at one part of the history only: a copy of the whole costs more than the answer.

  /// The lowest or highest rate from the figure in force at a position on; nil before the first.
  func extreme(from position: Int64, along axis: Axis, isLowest: Bool) -> Rate? {
    isLowest
      ? history.lows.extreme(at: position, along: axis)
      : history.highs.extreme(at: position, along: axis)
  }

  /// The figure before the current one, where one was in force at a position: what the extreme from
  /// there on is at least as low or high as.
  func newestOfExtremes(from position: Int64, along axis: Axis, isLowest: Bool) -> Rate? {
    isLowest
      ? history.lows.newest(from: position, along: axis)
      : history.highs.newest(from: position, along: axis)
  }

  /// The moments of the figures in force between two positions, the current one included; nil where
  /// they are beyond exact arithmetic or none was in force at the start.
  func moments(from start: Int64, to end: Int64, along axis: Axis) -> WindowMoments? {
    let current = current
    switch axis {
    case .time where history.timeSums.canCount(current.rate):
      return history.timeSums.moments(from: start, to: end, newest: current)
    case .publications where history.publicationSums.canCount(current.rate):
      return history.publicationSums.moments(from: start, to: end, newest: current)
    default:
      return history.recountedMoments(from: start, to: end, along: axis, current: current)
    }
  }
}
