/// The instants at which a condition on `age` can change while nothing is published.
struct ClockEdges: Hashable, Sendable {
  /// Milliseconds after the last publication, for each comparison of `age` alone with a constant.
  private var offsets: Set<Int64> = []

  /// Whether the clock is also used in a way whose edges are not computed.
  private var isOpen = false

  /// How often a condition is asked whose edges are not computed.
  static let pace = Duration.seconds(60)

  /// The first edge after `now`; nil when there is none.
  func next(after now: Timestamp, lastPublished: Timestamp) -> Timestamp? {
    var next = isOpen ? now + Self.pace : nil
    for offset in offsets {
      let (sum, overflow) = lastPublished.milliseconds.addingReportingOverflow(offset)
      let edge = Timestamp(milliseconds: sum)
      if !overflow, edge > now { next = min(next ?? edge, edge) }
    }
    return next
  }

  /// Notes a use of the clock whose edges cannot be named.
  mutating func noteOpenUse() { isOpen = true }

  /// Notes a comparison with the clock on either side.
  mutating func note(
    _ comparison: Comparison, _ left: NumericExpression, _ right: NumericExpression
  ) {
    switch (left, right) {
    case (.age, .constant(let threshold)): note(comparison, threshold.printed)
    case (.constant(let threshold), .age): note(comparison.mirrored, threshold.printed)
    default: noteOpenUse()
    }
  }

  /// Notes `age` compared with that many milliseconds.
  private mutating func note(_ comparison: Comparison, _ threshold: Fraction) {
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
