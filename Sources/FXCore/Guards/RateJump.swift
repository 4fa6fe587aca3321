/// How far the rate of one unit went, exactly.
struct RateJump: Hashable, Sendable {
  /// The new rate divided by the old one.
  let ratio: Fraction

  /// That ratio or its inverse, whichever is 1 or more.
  let size: Fraction

  /// The product of both rates: near 1 where one is the inverse of the other.
  let product: Fraction

  /// Whether one rate is above 1 and the other below.
  let crossesOne: Bool

  /// The jump between two positive rates; nil for others, and beyond exact arithmetic.
  init?(from old: Fraction, to new: Fraction) {
    guard old > .zero, new > .zero,
      let ratio = new.divided(by: old, rounding: .toNearest), ratio > .zero,
      let inverse = old.divided(by: new, rounding: .toNearest),
      let product = new.multiplied(by: old, rounding: .toNearest)
    else { return nil }
    self.ratio = ratio
    size = max(ratio, inverse)
    self.product = product
    crossesOne = (old < .one && new > .one) || (old > .one && new < .one)
  }

  /// Whether the ratio is `factor`, or its inverse, give or take `tolerance` (1/20 for 5 %).
  func isNear(_ factor: Fraction, tolerance: Fraction) -> Bool {
    guard let excess = size.divided(by: factor, rounding: .toNearest) else { return false }
    return excess.isNearOne(tolerance: tolerance)
  }
}
