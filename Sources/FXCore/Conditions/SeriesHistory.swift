/// The figures a series had, oldest first, with what makes questions about any stretch of them cheap.
///
/// A figure is in force from when it was first seen until the next one was. Appending costs a
/// constant on average; a question costs the logarithm of what is kept, whatever window it is about:
/// extremes come from the suffix minima and maxima, averages from differences of running sums.
package struct SeriesHistory: Sendable {
  /// What is kept beside the figures.
  package struct Keeping: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// What a raw value says.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Lowest and highest figures.
    package static let extremes = Keeping(rawValue: 1)
    /// Sums over time.
    package static let timeSums = Keeping(rawValue: 2)
    /// Sums over publications.
    package static let publicationSums = Keeping(rawValue: 4)
  }

  /// In the order they came.
  package private(set) var points: [SeriesPoint] = []

  /// The smallest nominal among them: its tick is the coarsest.
  private(set) var smallestNominal = Int64.max

  private var lows: SuffixExtremes?
  private var highs: SuffixExtremes?
  private var timeSums: StepSums?
  private var publicationSums: StepSums?

  /// How many points were let go of.
  private var dropped = 0

  /// A history of these figures, oldest first.
  package init(_ points: [SeriesPoint], keeping: Keeping) {
    if keeping.contains(.extremes) {
      lows = SuffixExtremes(isLowest: true)
      highs = SuffixExtremes(isLowest: false)
    }
    if keeping.contains(.timeSums) { timeSums = StepSums(along: .time) }
    if keeping.contains(.publicationSums) { publicationSums = StepSums(along: .publications) }
    for point in points { append(point) }
  }

  /// Adds the newest figure.
  package mutating func append(_ point: SeriesPoint) {
    points.append(point)
    smallestNominal = min(smallestNominal, point.rate.nominal)
    lows?.append(point.rate.perUnit, at: dropped + points.count - 1)
    highs?.append(point.rate.perUnit, at: dropped + points.count - 1)
    timeSums?.append(point, after: points.dropLast())
    publicationSums?.append(point, after: points.dropLast())
  }

  /// Lets go of the oldest figures.
  ///
  /// Cost: linear in what is kept; the caller waits until half can go.
  package mutating func removeFirst(_ count: Int) {
    guard count > 0 else { return }
    points.removeFirst(count)
    dropped += count
    lows?.removeBefore(dropped)
    highs?.removeBefore(dropped)
    timeSums?.removeFirst(count)
    publicationSums?.removeFirst(count)
  }

  /// The place of the figure in force at a position; nil before the first.
  func index(at position: Int64, along axis: Axis) -> Int? {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if axis.position(of: points[middle]) <= position { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// The place of the lowest figure from `index` on; the newest among equals.
  func lowest(from index: Int) -> SeriesPoint? {
    lows?.first(from: dropped + index).map { points[$0 - dropped] }
  }

  /// The place of the highest figure from `index` on; the newest among equals.
  func highest(from index: Int) -> SeriesPoint? {
    highs?.first(from: dropped + index).map { points[$0 - dropped] }
  }

  /// The moments of the figures in force between two positions, `current` included where it is newer
  /// than all that are kept; nil where they are beyond exact arithmetic or none was in force at the
  /// start.
  func moments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> StepMoments? {
    guard let sums = axis == .time ? timeSums : publicationSums, let last = points.last else {
      return nil
    }
    return current == last
      ? sums.moments(from: start, to: end)
      : sums.moments(from: start, to: end, newest: current, after: points[...])
  }
}

/// The lowest or highest of the figures from any place to the newest: a stack in which each entry is
/// beaten by none that came after it.
private struct SuffixExtremes: Sendable {
  let isLowest: Bool
  private var entries: [(index: Int, value: Fraction)] = []

  init(isLowest: Bool) { self.isLowest = isLowest }

  mutating func append(_ value: Fraction, at index: Int) {
    while let last = entries.last, isLowest ? last.value >= value : last.value <= value {
      entries.removeLast()
    }
    entries.append((index, value))
  }

  mutating func removeBefore(_ index: Int) {
    entries.removeFirst(entries.firstIndex { $0.index >= index } ?? entries.count)
  }

  func first(from index: Int) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low < entries.count ? entries[low].index : nil
  }
}
