/// A condition that only compares the rate with a constant, such as `rate > 0.0115`.
///
/// Both are facts, so the result is the same under every certainty and never undecided. Must equal the
/// predicate from which it was made, which the property "accelerated evaluation equals the definition"
/// checks.
package struct Threshold: Hashable, Sendable {
  /// The comparison, with the rate on the left.
  package let comparison: Comparison

  /// The constant: a rate of one unit.
  package let level: Fraction

  /// Recognizes a threshold; nil for any other predicate.
  init?(_ predicate: Predicate) {
    guard case .comparison(let comparison, let left, let right) = predicate else { return nil }
    switch (left, right) {
    case (.rate, .constant(let level)) where level.isExact:
      self.comparison = comparison
      self.level = level.printed
    case (.constant(let level), .rate) where level.isExact:
      self.comparison = comparison.mirrored
      self.level = level.printed
    default: return nil
    }
  }

  /// Returns true if a rate meets the threshold.
  package func isMet(by rate: Rate) -> Bool {
    let rate = rate.perUnit
    return switch comparison {
    case .above: rate > level
    case .atLeast: rate >= level
    case .below: rate < level
    case .atMost: rate <= level
    case .equal: rate == level
    }
  }
}
