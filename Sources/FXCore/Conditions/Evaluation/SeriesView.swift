/// The inputs of a condition: one series at one moment.
///
/// The port between the condition language and whatever stores the history. A function with a new input
/// adds one requirement here.
package protocol SeriesView {
  /// The rate of the publication that is evaluated.
  var current: SeriesPoint { get }

  /// The rate against which `change` is measured: that of the previous publication (of the previous
  /// value date, if the source prints one fixing a day and this one was revised).
  var previous: SeriesPoint? { get }

  /// The points before `current`, oldest first; `current` itself is the last of them if it was valid
  /// before this publication.
  var history: SeriesHistory { get }

  /// Indicates whether `current` takes the place of the last point of `history`: it revises that point,
  /// or it is that point, evaluated again after its publication.
  var replacesLast: Bool { get }

  /// The number of the publication that is evaluated: that of `current`, or of a later one that repeats
  /// it.
  var publication: Int64 { get }

  /// The instant at which the source last printed something new for the series.
  var lastPublished: Timestamp { get }

  /// The instant at which the source last printed something new before this publication; nil if it never
  /// did.
  var previousPublished: Timestamp? { get }

  /// The finest scale that the series is known to print for the nominal of `current`, 0 to 18.
  var scale: Int { get }

  /// Returns the finest scale that the series is known to print for a nominal, 0 to 18.
  func scale(of nominal: Int64) -> Int

  /// The change that the source prints with `current`, verbatim; nil if it prints none.
  var publishedChange: String? { get }

  /// The number of decimals of the rates from which the source computes its changes; nil if they are the
  /// printed rates.
  var changeScale: Int? { get }

  /// The last point of a value date other than that of `current`.
  var otherDay: SeriesPoint? { get }

  /// Indicates whether this publication has another rate for a value date that was known.
  var isRevision: Bool { get }

  /// Indicates whether a guard rejected this publication of the series.
  var isSuspect: Bool { get }

  /// Returns the instant from which a window of the evaluated alert begins; nil where it has none.
  func start(of mark: AlertMark) -> Timestamp?

  /// Returns the number of publications that are missing at an instant according to the source's
  /// calendar; nil if the source has no calendar.
  func missedPublications(at now: Timestamp) -> Int?

  /// Returns the next instant after `now` at which one more publication will be missing unless one
  /// arrives; nil if the source has no calendar.
  func nextMissedPublication(after now: Timestamp) -> Timestamp?

  /// Returns the latest rate of the same pair at another source, on the same side or else the mid rate,
  /// inverted if that source prints the inverse pair; nil if it prints neither.
  func rate(at source: SourceName) -> RateRange?

  /// Returns true if another source printed something new, of whatever pair, less than some time before an
  /// instant.
  func isPublished(at source: SourceName, within age: Duration, of now: Timestamp) -> Bool

  /// Returns the rate of the pair on a side in the publication that is evaluated; nil if the source does not
  /// print it.
  func rate(on side: Side) -> RateRange?

  /// The pair of the series.
  var pair: CurrencyPair { get }

  /// The pairs that this source's latest publication has on this side.
  var siblings: [CurrencyPair] { get }

  /// Returns the rate of one of them in that publication.
  func rate(of sibling: CurrencyPair) -> RateRange?
}

extension SeriesView {
  package var replacesLast: Bool { false }

  package var previousPublished: Timestamp? { previous?.firstSeen }

  package func scale(of nominal: Int64) -> Int { scale }

  /// Returns the point valid at an instant: the last one first seen at or before it; nil before the
  /// first.
  package func point(at instant: Timestamp) -> SeriesPoint? {
    point(at: instant.milliseconds, along: .time)
  }

  /// Returns the point valid at a position; nil before the first.
  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    if axis.position(of: current) <= position { return current }
    return history.point(at: position, along: axis)
  }

  /// Returns the point valid when a window began; nil if the history does not reach back so far.
  func point(before window: Window, now: Timestamp) -> SeriesPoint? {
    switch window {
    case .time(let length): point(at: now.milliseconds - length, along: .time)
    case .publications(let count): point(at: publication - Int64(count), along: .publications)
    case .since(let day): day.start <= now ? point(at: day.start) : nil
    case .sinceStart(let period): point(at: period.start(at: now).start)
    case .sinceAlert(let mark): start(of: mark).flatMap { $0 < now ? point(at: $0) : nil }
    }
  }

  /// Returns start and end of a window along its axis; a window of publications includes the one that is
  /// evaluated.
  func positions(of window: Window, now: Timestamp) -> (start: Int64, end: Int64) {
    switch window {
    case .time(let length): (now.milliseconds - length, now.milliseconds)
    case .publications(let count): (publication + 1 - Int64(count), publication + 1)
    case .since(let day): (day.start.milliseconds, now.milliseconds)
    case .sinceStart(let period): (period.start(at: now).start.milliseconds, now.milliseconds)
    case .sinceAlert(let mark): ((start(of: mark) ?? now).milliseconds, now.milliseconds)
    }
  }

  /// Returns the rate of one unit with the range of its rounding.
  package func range(of point: SeriesPoint) -> RateRange {
    RateRange(
      point.rate, scale: max(scale(of: point.rate.nominal), point.rate.printed.scale))
  }

  /// The coarsest tick of the rates in the history, of which each nominal has one.
  var coarsestTick: Fraction {
    let rate = current.rate
    let own = rate.tick(scale: max(scale, rate.printed.scale))
    if history.has(onlyNominal: rate.nominal) { return own }
    return history.otherNominals.reduce(max(own, tick(of: history.firstNominal))) {
      max($0, tick(of: $1))
    }
  }

  /// The tick of a nominal; zero for the nominal of an empty history.
  private func tick(of nominal: Int64) -> Fraction {
    nominal == 0
      ? .zero
      : Fraction(
        numerator: 1,
        denominator: ExactDecimal.powerOfTen(scale(of: nominal)) * Int128(nominal))
  }

  // Each function reads one part of the history only, because copying all of it costs more than the
  // answer.

  /// Returns the lowest or highest of the rate valid at a position and all later ones in the history;
  /// nil before the first.
  func extreme(from position: Int64, along axis: Axis, isLowest: Bool) -> Rate? {
    if replacesLast {
      return axis.position(of: current) <= position
        ? current.rate
        : history.extremeWithoutLast(from: position, along: axis, isLowest: isLowest)
    }
    return isLowest
      ? history.lows.extreme(at: position, along: axis)
      : history.highs.extreme(at: position, along: axis)
  }

  /// Returns the rate before the current one if a rate was valid at a position: a bound of `extreme`,
  /// found without a search.
  func newestOfExtremes(from position: Int64, along axis: Axis, isLowest: Bool) -> Rate? {
    if replacesLast { return nil }
    return isLowest
      ? history.lows.newest(from: position, along: axis)
      : history.highs.newest(from: position, along: axis)
  }

  /// Returns the moments of the rates valid between two positions, including the current one; nil beyond
  /// exact arithmetic or if none was valid at the start.
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
