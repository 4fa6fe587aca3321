/// The lowest or highest of the figures from any place to the newest: a stack in which each entry is
/// beaten by none that came after it.
struct MonotonicStack: Sendable {
  private struct Entry {
    let rate: Rate

    /// Where the first figure came into force that this one beats, along either axis; never before
    /// that of the entry before it.
    var time: Int64
    var publication: Int64
  }

  private var entries: [Entry] = []

  /// Whether its ends are in order, as they always are.
  var isInOrder: Bool { entries.first?.time ?? 0 <= entries.last?.time ?? 0 }

  /// Adds a figure, the newest, in force from `time` on.
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

  /// Lets go of the figures before one that stays.
  mutating func removeBefore(_ first: SeriesPoint) {
    let next = entries.firstIndex { $0.publication > first.publication } ?? entries.count
    guard next > 0 else { return }
    entries.removeFirst(next - 1)
    entries[0].time = max(entries[0].time, first.firstSeen.milliseconds)
    entries[0].publication = first.publication
  }

  /// The newest figure, where one was in force at a position: what the extreme from there on is at
  /// least as low or high as, told without a search.
  func newest(from position: Int64, along axis: Axis) -> Rate? {
    guard let first = entries.first, let last = entries.last,
      (axis == .time ? first.time : first.publication) <= position
    else { return nil }
    return last.rate
  }

  /// The extreme of the figure in force at a position and all after it; nil before the first.
  ///
  /// Cost: that of `last(notAfter:)`.
  func extreme(at position: Int64, along axis: Axis) -> Rate? {
    switch axis {
    case .time: entries.last(notAfter: position) { $0.time }?.rate
    case .publications: entries.last(notAfter: position) { $0.publication }?.rate
    }
  }
}
