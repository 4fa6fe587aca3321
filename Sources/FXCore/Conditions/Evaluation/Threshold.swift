/// A condition that is no more than the rate compared with a figure, such as `rate > 0.0115`.
///
/// Both are facts, so the answer is the same under every certainty and never undecided.
package struct Threshold: Hashable, Sendable {
  /// How the rate is compared with the figure; the rate stands first.
  package let comparison: Comparison

  /// The figure: a rate of one unit.
  package let level: Fraction

  /// The threshold a proposition amounts to; nil where it is anything else.
  init?(_ proposition: Predicate) {
    guard case .comparison(let comparison, let left, let right) = proposition else { return nil }
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

  /// Whether a rate meets it.
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
