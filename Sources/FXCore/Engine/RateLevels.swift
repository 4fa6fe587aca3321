/// Rules by the rates at which what they say can change, in order.
///
/// Building costs a sort; a question the logarithm of the levels, and what it finds.
struct RateLevels: Sendable {
  /// Whether there is none.
  var isEmpty: Bool { levels.isEmpty }

  // Side by side, ascending by level.
  private var levels: [Fraction] = []
  private var rules: [Int] = []

  /// The levels of rules, given by their places.
  init(_ levels: [(level: Fraction, rule: Int)]) {
    let sorted = levels.sorted { $0.level < $1.level }
    self.levels = sorted.map(\.level)
    rules = sorted.map(\.rule)
  }

  /// The rules with a level between two rates or at one of them.
  func rules(between one: Fraction, and other: Fraction) -> ArraySlice<Int> {
    guard !levels.isEmpty else { return [] }
    let (low, high) = one < other ? (one, other) : (other, one)
    let start = first { $0 >= low }
    var end = start
    while end < levels.count, levels[end] <= high { end += 1 }
    return rules[start..<end]
  }

  /// The place of the first level for which something holds that holds for all above it.
  private func first(where holds: (Fraction) -> Bool) -> Int {
    var low = 0
    var high = levels.count
    while low < high {
      let middle = (low + high) / 2
      if holds(levels[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
