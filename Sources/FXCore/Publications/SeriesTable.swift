/// The series of one source, each at a fixed place.
///
/// Pages print their lines in one order, so the place of a line is nearly always the one after that
/// of the line before: found without hashing.
struct SeriesTable: Sendable {
  /// In the order in which they were first seen.
  private(set) var all: [SeriesMemory] = []

  private var places: [Engine.SeriesKey: Int] = [:]

  /// These series, at places in their order.
  init(_ all: [SeriesMemory] = []) {
    for memory in all { add(memory) }
  }

  /// The memory of a series; nil where it was never seen.
  subscript(key: Engine.SeriesKey) -> SeriesMemory? { place(of: key).map { all[$0] } }

  /// The place of a series; nil where it was never seen.
  ///
  /// `expected` is tried first.
  func place(of key: Engine.SeriesKey, expected: Int = .max) -> Int? {
    if expected < all.count, all[expected].key == key { return expected }
    return places[key]
  }

  /// Changes what is remembered at a place, but not of which series.
  mutating func change(_ place: Int, _ change: (inout SeriesMemory) -> Void) {
    change(&all[place])
  }

  /// Adds a series that was not seen before.
  mutating func add(_ memory: SeriesMemory) {
    places[memory.key] = all.count
    all.append(memory)
  }
}

extension [SeriesMemory] {
  /// How many series are brought near at once.
  static let nearness = 32

  /// Before the line at an index is judged: brings the memory of the lines after the next few near,
  /// every so many lines.
  ///
  /// Of thousands of series only some fit the processor's caches. Loads for many series at once, none
  /// of which waits for another, take little longer than those for one. Pages print their lines in one
  /// order, so a line nearly always is of the series at its own place.
  ///
  /// Windows begin about the given positions.
  func bringNear(after index: Int, about time: Int64, _ publication: Int64) {
    for place in next(after: index) {
      self[place].history.prefetch(around: time, publication)
    }
  }

  /// Likewise before a figure is added.
  func bringNearToAdd(after index: Int) {
    for place in next(after: index) {
      self[place].history.prefetchEnds()
    }
  }

  private func next(after index: Int) -> Range<Int> {
    guard index.isMultiple(of: Self.nearness) else { return 0..<0 }
    let start = Swift.min(index + Self.nearness, count)
    return start..<Swift.min(start + Self.nearness, count)
  }
}
