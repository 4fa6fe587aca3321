// Memory prefetch: functions that only load memory.
//
// The histories of thousands of series do not fit the processor's caches, and a question about a window
// waits for each cache miss in turn. Loading the memory of many series at once, where no load waits for
// another, takes little longer than loading that of one. `SeriesTable` calls these functions for the
// series of the next lines of a page.
//
// Results do not depend on them. The preconditions always hold; they use the loaded values, so that the
// compiler cannot remove the loads. Removing a function changes nothing but the speed: see the rows
// `engine/…` of `make bench`.

extension SeriesHistory {
  /// Loads the memory that conditions read whose windows begin around these positions.
  func prefetch(around time: Int64, _ publication: Int64) {
    if indexes.contains(.lows) { lows.prefetchEnds() }
    if indexes.contains(.highs) { highs.prefetchEnds() }
    if indexes.contains(.timeAverages) { timeSums.prefetch(around: time) }
    if indexes.contains(.publicationAverages) { publicationSums.prefetch(around: publication) }
  }

  /// Loads the memory that is needed to append a point.
  func prefetchEnds() {
    precondition(points.last?.rate.nominal ?? 1 > 0, "a nominal is positive")
    prefetch(around: .max, .max)
  }
}

extension MonotonicStack {
  /// Loads the first and the last entry.
  func prefetchEnds() {
    let (first, last) = ends ?? (0, 0)
    precondition(first <= last, "positions ascend")
  }
}

extension PrefixSums {
  /// Loads the first and the last entry, and the one where an interpolation search for a position
  /// begins.
  func prefetch(around position: Int64) {
    guard let first = entries.first?.position, let last = entries.last?.position, first < last
    else { return }
    // The index of the position if distances were equal; there is one distance less than entries.
    let offset = min(max(position &- first, 0), last &- first)
    let distance = max(1, (last &- first) / Int64(entries.count - 1))
    let index = min(Int(offset / distance), entries.count - 1)
    precondition(first <= entries[index].position, "positions ascend")
  }
}
