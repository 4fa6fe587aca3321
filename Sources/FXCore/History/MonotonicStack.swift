/// The lowest or highest rates from every position to the newest: a monotonic stack, in which no entry
/// is followed by a more extreme one.
struct MonotonicStack: Sendable {
  private struct Entry {
    let rate: Rate

    /// The position along either axis from which this rate is the extreme; ascending.
    var time: Int64
    var publication: Int64
  }

  private var entries: [Entry] = []

  /// The positions in time of the first and last entry; nil if there are none.
  var ends: (first: Int64, last: Int64)? {
    guard let first = entries.first, let last = entries.last else { return nil }
    return (first.time, last.time)
  }

  /// Adds the newest rate, valid from `time`.
  mutating func append(_ point: SeriesPoint, from time: Int64, isLowest: Bool) {
    var entry = Entry(rate: point.rate, time: time, publication: point.publication)
    while let last = entries.last,
      isLowest ? !last.rate.isBelow(point.rate) : !point.rate.isBelow(last.rate)
    {
      (entry.time, entry.publication) = (last.time, last.publication)
      entries.removeLast()
    }
    entries.append(entry)
  }

  /// Removes the rates before `first`, which remains.
  mutating func removeBefore(_ first: SeriesPoint) {
    let next = entries.partitioningIndex { $0.publication > first.publication }
    guard next > 0 else { return }
    entries.removeFirst(next - 1)
    entries[0].time = max(entries[0].time, first.firstSeen.milliseconds)
    entries[0].publication = first.publication
  }

  /// Returns the newest rate if a rate was valid at a position: a bound of the extreme from there on,
  /// found without a search.
  func newest(from position: Int64, along axis: Axis) -> Rate? {
    guard let first = entries.first, let last = entries.last,
      (axis == .time ? first.time : first.publication) <= position
    else { return nil }
    return last.rate
  }

  /// Returns the extreme of the rate valid at a position and all later ones; nil before the first.
  ///
  /// Cost: an interpolation search.
  func extreme(at position: Int64, along axis: Axis) -> Rate? {
    switch axis {
    case .time: entries.last(notAfter: position) { $0.time }?.rate
    case .publications: entries.last(notAfter: position) { $0.publication }?.rate
    }
  }
}
