/// A stretch of rates without its ends; those of a stretch that goes on for ever are beyond all rates.
struct RateGap: Sendable {
  let low: Fraction64
  let high: Fraction64

  /// Whether a rate lies within; no for one that is not short.
  func contains(_ rate: Rate) -> Bool {
    Fraction64(rate).map { low < $0 && $0 < high } ?? false
  }
}

/// Rules by the rates at which what they say can change, in order.
///
/// Building costs a sort; a question the logarithm of the levels, and what it finds.
struct ThresholdIndex: Sendable {
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

  /// The rates around one between which there is no level; nil where it is at one, or they are not
  /// short.
  func gap(around rate: Fraction) -> RateGap? {
    let next = first { $0 >= rate }
    guard next == levels.count || levels[next] > rate else { return nil }
    let low = next == 0 ? .belowAllRates : Fraction64(levels[next - 1])
    let high = next == levels.count ? .aboveAllRates : Fraction64(levels[next])
    return low.flatMap { low in high.map { RateGap(low: low, high: $0) } }
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
