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

    /// Lowest figures.
    package static let lows = Keeping(rawValue: 1)
    /// Highest figures.
    package static let highs = Keeping(rawValue: 2)
    /// Sums over time.
    package static let timeSums = Keeping(rawValue: 4)
    /// Sums over publications.
    package static let publicationSums = Keeping(rawValue: 8)
  }

  /// One element, so that a copy, of which every judgement makes some, costs no more than a count.
  private var kept: [Kept]

  /// In the order they came.
  package var points: [SeriesPoint] { kept[0].points }

  /// The smallest nominal among them: its tick is the coarsest.
  var smallestNominal: Int64 { kept[0].smallestNominal }

  /// A history of these figures, oldest first.
  package init(_ points: [SeriesPoint], keeping: Keeping) {
    kept = [Kept(points, keeping)]
  }

  /// Adds the newest figure.
  package mutating func append(_ point: SeriesPoint) { kept[0].append(point) }

  /// Lets go of the oldest figures.
  ///
  /// Cost: linear in what is kept; the caller waits until half can go.
  package mutating func removeFirst(_ count: Int) { kept[0].removeFirst(count) }

  /// The place of the figure in force at a position; nil before the first.
  ///
  /// Cost: a few looks where figures come at even distances, the logarithm of their number at most
  /// twice otherwise.
  func index(at position: Int64, along axis: Axis) -> Int? {
    kept[0].index(at: position, along: axis)
  }

  /// The lowest rate of one unit from `index` on.
  func lowest(from index: Int) -> Fraction? { kept[0].lowest(from: index) }

  /// The highest rate of one unit from `index` on.
  func highest(from index: Int) -> Fraction? { kept[0].highest(from: index) }

  /// Whether some figure was in force at a position.
  func reaches(_ position: Int64, along axis: Axis) -> Bool {
    kept[0].reaches(position, along: axis)
  }

  /// The moments of the figures in force between two positions, `current` included where it is newer
  /// than all that are kept; nil where they are beyond exact arithmetic or none was in force at the
  /// start.
  func moments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> StepMoments? {
    kept[0].moments(from: start, to: end, along: axis, current: current)
  }

  /// The figure in force at a position; nil before the first.
  ///
  /// Cost: that of `index`.
  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    kept[0].point(at: position, along: axis)
  }
}

/// The figures of a history and what is computed of them.
private struct Kept: Sendable {
  var points: [SeriesPoint] = []
  var smallestNominal = Int64.max
  var lows: SuffixExtremes?
  var highs: SuffixExtremes?
  var timeSums: StepSums?
  var publicationSums: StepSums?

  /// How many points were let go of.
  var dropped = 0

  init(_ points: [SeriesPoint], _ keeping: SeriesHistory.Keeping) {
    if keeping.contains(.lows) { lows = SuffixExtremes(isLowest: true) }
    if keeping.contains(.highs) { highs = SuffixExtremes(isLowest: false) }
    if keeping.contains(.timeSums) { timeSums = StepSums(along: .time) }
    if keeping.contains(.publicationSums) { publicationSums = StepSums(along: .publications) }
    for point in points { append(point) }
  }

  mutating func append(_ point: SeriesPoint) {
    let number = dropped + points.count
    lows?.append(point.rate, at: number)
    highs?.append(point.rate, at: number)
    timeSums?.append(point, after: points[...])
    publicationSums?.append(point, after: points[...])
    points.append(point)
    smallestNominal = min(smallestNominal, point.rate.nominal)
  }

  mutating func removeFirst(_ count: Int) {
    guard count > 0 else { return }
    points.removeFirst(count)
    dropped += count
    lows?.removeBefore(dropped)
    highs?.removeBefore(dropped)
    timeSums?.removeFirst(count)
    publicationSums?.removeFirst(count)
  }

  func moments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> StepMoments? {
    let sums = axis == .time ? timeSums : publicationSums
    guard let sums, let last = points.last else { return nil }
    return current == last
      ? sums.moments(from: start, to: end)
      : sums.moments(from: start, to: end, newest: current, after: points[...])
  }

  func reaches(_ position: Int64, along axis: Axis) -> Bool {
    guard let first = points.first, let last = points.last else { return false }
    return axis.position(of: first) <= position || axis.position(of: last) <= position
  }

  func point(at position: Int64, along axis: Axis) -> SeriesPoint? {
    index(at: position, along: axis).map { points[$0] }
  }

  func lowest(from index: Int) -> Fraction? { lows?.extreme(from: dropped + index) }

  func highest(from index: Int) -> Fraction? { highs?.extreme(from: dropped + index) }

  func index(at position: Int64, along axis: Axis) -> Int? {
    guard let first = points.first, let last = points.last else { return nil }
    let (start, end) = (axis.position(of: first), axis.position(of: last))
    return points.indices.last(notAfter: position, from: start, to: end) {
      axis.position(of: points[$0])
    }
  }
}

/// The lowest or highest of the figures from any place to the newest: a stack in which each entry is
/// beaten by none that came after it.
private struct SuffixExtremes: Sendable {
  let isLowest: Bool
  private var entries: [(index: Int, rate: Rate)] = []

  init(isLowest: Bool) { self.isLowest = isLowest }

  mutating func append(_ rate: Rate, at index: Int) {
    let value = rate.perUnit
    while let last = entries.last?.rate.perUnit, isLowest ? last >= value : last <= value {
      entries.removeLast()
    }
    entries.append((index, rate))
  }

  mutating func removeBefore(_ index: Int) {
    entries.removeFirst(entries.firstIndex { $0.index >= index } ?? entries.count)
  }

  /// The value of the first entry at an index or after it.
  func extreme(from index: Int) -> Fraction? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low < entries.count ? entries[low].rate.perUnit : nil
  }
}
