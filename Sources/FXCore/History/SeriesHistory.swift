/// The figures a series had, oldest first, with what makes questions about any stretch of them cheap.
///
/// A figure is in force from when it was first seen until the next one was. Appending costs a
/// constant on average; a question costs the logarithm of what is kept, whatever window it is about:
/// extremes come from the suffix minima and maxima, averages from differences of running sums. Each
/// kind of question looks into one array only, and at few places of it: with thousands of series
/// memory is what questions wait for.
package struct SeriesHistory: Sendable {
  /// What is kept beside the figures.
  package struct HistoryIndexes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// What a raw value says.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Lowest figures.
    package static let lows = HistoryIndexes(rawValue: 1)
    /// Highest figures.
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

  /// In the order they came.
  package private(set) var points: [SeriesPoint] = []

  /// The smallest nominal there ever was among them: its tick is the coarsest.
  private(set) var smallestNominal = Int64.max

  /// When the newest came into force: not before all others, also when the clock was set back.
  private var latestTime = Int64.min

  private(set) var lows = MonotonicStack()
  private(set) var highs = MonotonicStack()
  private(set) var timeSums: PrefixSums
  private(set) var publicationSums: PrefixSums
  private let keeping: HistoryIndexes

  /// A history of these figures, oldest first.
  package init(_ points: [SeriesPoint], keeping: HistoryIndexes) {
    self.keeping = keeping
    timeSums = PrefixSums(along: .time, withSquares: keeping.contains(.timeSums))
    publicationSums = PrefixSums(
      along: .publications, withSquares: keeping.contains(.publicationSums))
    for point in points { append(point) }
  }

  /// Adds the newest figure.
  package mutating func append(_ point: SeriesPoint) {
    latestTime = max(latestTime, point.firstSeen.milliseconds)
    if keeping.contains(.lows) { lows.append(point, from: latestTime, isLowest: true) }
    if keeping.contains(.highs) { highs.append(point, from: latestTime, isLowest: false) }
    if keeping.contains(.timeAverages) { timeSums.append(point, after: points) }
    if keeping.contains(.publicationAverages) { publicationSums.append(point, after: points) }
    points.append(point)
    smallestNominal = min(smallestNominal, point.rate.nominal)
  }

  /// Lets go of the oldest figures, but not of all.
  ///
  /// Cost: linear in what is kept; the caller waits until half can go.
  package mutating func removeFirst(_ count: Int) {
    guard count > 0, count < points.count else { return }
    points.removeFirst(count)
    lows.removeBefore(points[0])
    highs.removeBefore(points[0])
    timeSums.removeFirst(count)
    publicationSums.removeFirst(count)
  }

  /// The moments of the figures in force between two positions, `current` included as the newest, in
  /// a unit that is finer than that of the sums: seldom, and then all is counted anew.
  func recountedMoments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> WindowMoments? {
    guard !points.isEmpty else { return nil }
    var sums = axis == .time ? timeSums : publicationSums
    sums.append(current, after: points)
    return sums.moments(from: start, to: end, newest: current)
  }

  /// Whether some figure was in force at a position.
  func reaches(_ position: Int64, along axis: Axis) -> Bool {
    guard let first = points.first, let last = points.last else { return false }
    return axis.position(of: first) <= position || axis.position(of: last) <= position
  }

  /// The figure in force at a position; nil before the first.
  ///
  /// Cost: that of `last(notAfter:)`.
  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    switch axis {
    case .time: points.last(notAfter: position) { $0.firstSeen.milliseconds }
    case .publications: points.last(notAfter: position) { $0.publication }
    }
  }

  /// Whether what questions look into is sound, as it always is.
  ///
  /// To ask brings its ends near, and what lies about two positions: what the next question needs of
  /// memory is then in the processor's caches.
  func isSound(about time: Int64, _ publication: Int64) -> Bool {
    (!keeping.contains(.lows) || lows.isInOrder)
      && (!keeping.contains(.highs) || highs.isInOrder)
      && (!keeping.contains(.timeAverages) || timeSums.isInOrder(about: time))
      && (!keeping.contains(.publicationAverages) || publicationSums.isInOrder(about: publication))
  }

  /// Likewise, with the figures: what adding the next one needs.
  var isSoundToAdd: Bool {
    points.last?.rate.nominal ?? 1 > 0 && isSound(about: .max, .max)
  }
}
