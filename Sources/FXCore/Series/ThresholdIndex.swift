/// Rules sorted by the levels at which their verdicts can change.
///
/// Building costs a sort; a query the logarithm of the levels and its result.
struct ThresholdIndex: Sendable {
  // Parallel arrays, ascending by level.
  private var levels: [Fraction] = []
  private var rules: [Int] = []

  /// The levels of rules, given by their indices in the plan.
  init(_ levels: [(level: Fraction, rule: Int)]) {
    let sorted = levels.sorted { $0.level < $1.level }
    self.levels = sorted.map(\.level)
    rules = sorted.map(\.rule)
  }

  /// Returns the rules with a level between two rates or equal to one of them.
  func rules(between one: Fraction, and other: Fraction) -> ArraySlice<Int> {
    guard !levels.isEmpty else { return [] }
    let (low, high) = one < other ? (one, other) : (other, one)
    let start = levels.partitioningIndex { $0 >= low }
    var end = start
    while end < levels.count, levels[end] <= high { end += 1 }
    return rules[start..<end]
  }

  /// Returns the interval around a rate without a level; nil where the rate equals one, or an end
  /// does not fit 64 bits.
  func gap(around rate: Fraction) -> RateGap? {
    let next = levels.partitioningIndex { $0 >= rate }
    guard next == levels.count || levels[next] > rate else { return nil }
    let low = next == 0 ? .belowAllRates : Fraction64(levels[next - 1])
    let high = next == levels.count ? .aboveAllRates : Fraction64(levels[next])
    return low.flatMap { low in high.map { RateGap(low: low, high: $0) } }
  }
}
