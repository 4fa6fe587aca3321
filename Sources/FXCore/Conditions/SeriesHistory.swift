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

  /// The lowest figure from `index` on; the newest among equals.
  func lowest(from index: Int) -> SeriesPoint? {
    kept[0].lowest(from: index)
  }

  /// The highest figure from `index` on; the newest among equals.
  func highest(from index: Int) -> SeriesPoint? {
    kept[0].highest(from: index)
  }

  /// The moments of the figures in force between two positions, `current` included where it is newer
  /// than all that are kept; nil where they are beyond exact arithmetic or none was in force at the
  /// start.
  func moments(
    from start: Int64, to end: Int64, along axis: Axis, current: SeriesPoint
  ) -> StepMoments? {
    let sums = axis == .time ? kept[0].timeSums : kept[0].publicationSums
    guard let sums, let last = kept[0].points.last else { return nil }
    return current == last
      ? sums.moments(from: start, to: end)
      : sums.moments(from: start, to: end, newest: current, after: kept[0].points[...])
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
    if keeping.contains(.extremes) {
      lows = SuffixExtremes(isLowest: true)
      highs = SuffixExtremes(isLowest: false)
    }
    if keeping.contains(.timeSums) { timeSums = StepSums(along: .time) }
    if keeping.contains(.publicationSums) { publicationSums = StepSums(along: .publications) }
    for point in points { append(point) }
  }

  mutating func append(_ point: SeriesPoint) {
    let number = dropped + points.count
    let rate = point.rate.perUnit
    lows?.append(rate, at: number)
    highs?.append(rate, at: number)
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

  func lowest(from index: Int) -> SeriesPoint? {
    guard let number = lows?.first(from: dropped + index) else { return nil }
    return points[number - dropped]
  }

  func highest(from index: Int) -> SeriesPoint? {
    guard let number = highs?.first(from: dropped + index) else { return nil }
    return points[number - dropped]
  }

  /// Looks first where the position would be if figures came at even distances, then around it, ever
  /// farther, and then between.
  func index(at position: Int64, along axis: Axis) -> Int? {
    guard let first = points.first, let last = points.last else { return nil }
    let (start, end) = (axis.position(of: first), axis.position(of: last))
    if position >= end { return points.count - 1 }
    if position < start { return nil }
    // From here on: the figure at `low` came at or before the position, that at `high` after it.
    var low = 0
    var high = points.count - 1
    let share = (Int128(position) - Int128(start)) * Int128(high)
    let guess = min(Int(share / (Int128(end) - Int128(start))), high - 1)
    var step = 1
    if axis.position(of: points[guess]) <= position {
      low = guess
      while low + step < high, axis.position(of: points[low + step]) <= position {
        low += step
        step *= 2
      }
      high = min(high, low + step)
    } else {
      high = guess
      while high - step > low, axis.position(of: points[high - step]) > position {
        high -= step
        step *= 2
      }
      low = max(low, high - step)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if axis.position(of: points[middle]) <= position { low = middle } else { high = middle }
    }
    return low
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
