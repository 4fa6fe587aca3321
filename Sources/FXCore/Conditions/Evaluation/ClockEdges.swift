/// The instants at which a condition on `age` can change while nothing is published.
struct ClockEdges: Hashable, Sendable {
  /// Milliseconds after the last publication, for each comparison of `age` alone with a constant.
  private var offsets: Set<Int64> = []

  /// Indicates whether the clock is also used in a way whose edges are not computed.
  private var hasUntimedUse = false

  /// The interval of evaluation for conditions whose edges are not computed.
  static let pollInterval = Duration.seconds(60)

  /// Returns the first edge after `now`; nil if there is none.
  func next(after now: Timestamp, lastPublished: Timestamp) -> Timestamp? {
    var next = hasUntimedUse ? now + Self.pollInterval : nil
    for offset in offsets {
      let (sum, overflow) = lastPublished.milliseconds.addingReportingOverflow(offset)
      let edge = Timestamp(milliseconds: sum)
      if !overflow, edge > now { next = min(next ?? edge, edge) }
    }
    return next
  }

  /// Records a use of the clock whose edges cannot be computed.
  mutating func addUntimedUse() { hasUntimedUse = true }

  /// Records a comparison that reads the clock on either side.
  mutating func add(
    _ comparison: Comparison, _ left: NumericExpression, _ right: NumericExpression
  ) {
    switch (left, right) {
    case (.age, .constant(let threshold)): add(comparison, threshold.printed)
    case (.constant(let threshold), .age): add(comparison.mirrored, threshold.printed)
    default: addUntimedUse()
    }
  }

  /// Records a comparison of `age` with a number of milliseconds.
  private mutating func add(_ comparison: Comparison, _ threshold: Fraction) {
    let floor = threshold.numerator.flooredDivision(by: threshold.denominator)
    guard let whole = Int64(exactly: floor), whole < .max else { return }
    let isWhole = Fraction(whole) == threshold
    switch comparison {
    case .above, .atMost: offsets.insert(whole + 1)
    case .atLeast, .below: offsets.insert(isWhole ? whole : whole + 1)
    case .equal: if isWhole { offsets.formUnion([whole, whole + 1]) }
    }
  }
}
