/// The series of one source, each at a fixed index.
///
/// Publications list their series in one order, so that the index of a line is nearly always the one
/// after that of the line before, and is found without hashing.
struct SeriesTable: Sendable {
  /// In the order in which they were first seen.
  private(set) var all: [SeriesMemory] = []

  private var indices: [SeriesKey: Int] = [:]

  /// The given series, at indices in their order.
  init(_ all: [SeriesMemory] = []) {
    for memory in all { add(memory) }
  }

  /// The memory of a series; nil for an unknown one.
  subscript(key: SeriesKey) -> SeriesMemory? { index(of: key).map { all[$0] } }

  /// Returns the index of a series; nil for an unknown one.
  ///
  /// `expected` is tried first.
  func index(of key: SeriesKey, expected: Int = .max) -> Int? {
    if expected < all.count, all[expected].key == key { return expected }
    return indices[key]
  }

  /// Changes the memory at an index, but not its series.
  mutating func change(_ index: Int, _ change: (inout SeriesMemory) -> Void) {
    change(&all[index])
  }

  /// Adds a series that is not in the table.
  mutating func add(_ memory: SeriesMemory) {
    indices[memory.key] = all.count
    all.append(memory)
  }
}
