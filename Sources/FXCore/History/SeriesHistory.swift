/// The rates of a series, oldest first, with indexes that answer questions about any window of them.
///
/// A rate is valid from the instant it was first seen until the next one was. Appending costs a constant
/// on average. A question costs the logarithm of the number of points, whatever its window: extremes
/// come from monotonic stacks, averages and deviations from differences of prefix sums. Each kind of
/// question reads few elements of one array, because with thousands of series memory access is the
/// bottleneck.
package struct SeriesHistory: Sendable {
  /// The indexes that are kept beside the points.
  package struct HistoryIndexes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// Makes a set from its bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Lowest rates.
    package static let lows = HistoryIndexes(rawValue: 1)
    /// Highest rates.
    package static let highs = HistoryIndexes(rawValue: 2)
    /// Sums over time, for averages.
    package static let timeAverages = HistoryIndexes(rawValue: 4)
    /// Sums over publications, for averages.
    package static let publicationAverages = HistoryIndexes(rawValue: 8)
    /// Sums over time and those of squares, for deviations.
    package static let timeSums = HistoryIndexes(rawValue: 4 | 16)
    /// Sums over publications and those of squares, for deviations.
    package static let publicationSums = HistoryIndexes(rawValue: 8 | 32)
  }

  /// In the order in which they were published.
  package private(set) var points: [SeriesPoint] = []

  /// The nominals of all points ever appended, each of which has a tick of its own: the first, 0 without
  /// points, and the others, nearly always none.
  private(set) var firstNominal: Int64 = 0
  private(set) var otherNominals: [Int64] = []

  /// The latest instant from which a point is valid; ascends even if the clock was set back.
  private var latestTime = Int64.min

  private(set) var lows = MonotonicStack()
  private(set) var highs = MonotonicStack()
  private(set) var timeSums: PrefixSums
  private(set) var publicationSums: PrefixSums
  let indexes: HistoryIndexes

  /// Makes a history of these points, oldest first.
  package init(_ points: [SeriesPoint], keeping indexes: HistoryIndexes) {
    self.indexes = indexes
    timeSums = PrefixSums(along: .time, withSquares: indexes.contains(.timeSums))
    publicationSums = PrefixSums(
      along: .publications, withSquares: indexes.contains(.publicationSums))
    for point in points { append(point) }
  }

  /// Appends the newest point.
  package mutating func append(_ point: SeriesPoint) {
    latestTime = max(latestTime, point.firstSeen.milliseconds)
    if indexes.contains(.lows) { lows.append(point, from: latestTime, isLowest: true) }
    if indexes.contains(.highs) { highs.append(point, from: latestTime, isLowest: false) }
    if indexes.contains(.timeAverages) { timeSums.append(point, after: points) }
    if indexes.contains(.publicationAverages) { publicationSums.append(point, after: points) }
    points.append(point)
    let nominal = point.rate.nominal
    if firstNominal == 0 {
      firstNominal = nominal
    } else if nominal != firstNominal, !otherNominals.contains(nominal) {
      otherNominals.append(nominal)
    }
  }

  /// Replaces the newest point by another rate of the same place.
  ///
  /// Rare. Cost: linear in the points where lowest or highest rates are kept.
  package mutating func replaceLast(with point: SeriesPoint) {
    guard !points.isEmpty else { return append(point) }
    points.removeLast()
    timeSums.removeLast()
    publicationSums.removeLast()
    let earlier = SeriesHistory(points, keeping: indexes.intersection([.lows, .highs]))
    (lows, highs) = (earlier.lows, earlier.highs)
    append(point)
  }

  /// Removes the oldest points; does nothing if none would remain.
  ///
  /// Cost: linear in the count; callers wait until they can remove half of the points.
  package mutating func removeFirst(_ count: Int) {
    guard count > 0, count < points.count else { return }
    points.removeFirst(count)
    lows.removeBefore(points[0])
    highs.removeBefore(points[0])
    timeSums.removeFirst(count)
    publicationSums.removeFirst(count)
  }

  /// Returns the moments of the rates valid between two positions, with `current` as the newest, if
  /// `current` needs a finer unit than the prefix sums have.
  ///
  /// Rare; recomputes all sums.
  func recountedMoments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> WindowMoments? {
    guard !points.isEmpty else { return nil }
    var sums = axis == .time ? timeSums : publicationSums
    sums.append(current, after: points)
    return sums.moments(from: start, to: end, newest: current)
  }

  /// Returns the lowest or highest of the rate valid at a position and all later ones but the last; nil
  /// before the first.
  ///
  /// Cost: linear in the points after the position.
  func extremeWithoutLast(from position: Int64, along axis: Axis, isLowest: Bool) -> Rate? {
    let earlier = points.dropLast()
    guard let first = earlier.first, let last = earlier.last,
      let start = earlier.indices.last(
        notAfter: position, from: axis.position(of: first), to: axis.position(of: last),
        { axis.position(of: points[$0]) })
    else { return nil }
    return earlier[start...].map(\.rate).min { isLowest ? $0.isBelow($1) : $1.isBelow($0) }
  }

  /// True if all points have this nominal.
  func has(onlyNominal nominal: Int64) -> Bool {
    firstNominal == nominal && otherNominals.isEmpty
  }

  /// Returns true if a rate was valid at a position.
  func reaches(_ position: Int64, along axis: Axis) -> Bool {
    guard let first = points.first, let last = points.last else { return false }
    return axis.position(of: first) <= position || axis.position(of: last) <= position
  }

  /// Returns the point valid at a position; nil before the first.
  ///
  /// Cost: an interpolation search.
  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    switch axis {
    case .time: points.last(notAfter: position) { $0.firstSeen.milliseconds }
    case .publications: points.last(notAfter: position) { $0.publication }
    }
  }
}
