/// Prefetching of series from main memory into the processor's caches. No result depends on it.
///
/// Of thousands of series only some fit the caches, and Swift has no prefetch instruction. Reading
/// the memory of many series at once, so that no load waits for another, takes little longer than
/// reading that of one. How the loads are kept is documented
/// in `History/Prefetch.swift`.
extension [SeriesMemory] {
  /// The number of series that are prefetched at once.
  static let prefetchCount = 32

  /// Prefetches what conditions read of the series of the lines after the next few, before the line
  /// at an index is evaluated; on most lines no effect.
  ///
  /// A line is nearly always about the series at its own index. Windows begin near the given time
  /// and publication.
  func prefetch(after index: Int, about time: Int64, _ publication: Int64) {
    for index in next(after: index) {
      self[index].history.prefetch(around: time, publication)
    }
  }

  /// Prefetches likewise what appending a point reads and writes.
  func prefetchForAppending(after index: Int) {
    for index in next(after: index) {
      self[index].history.prefetchEnds()
    }
  }

  private func next(after index: Int) -> Range<Int> {
    guard index.isMultiple(of: Self.prefetchCount) else { return 0..<0 }
    let start = Swift.min(index + Self.prefetchCount, count)
    return start..<Swift.min(start + Self.prefetchCount, count)
  }
}
