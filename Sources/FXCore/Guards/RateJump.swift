/// The exact move between two rates of one unit.
struct RateJump: Hashable, Sendable {
  /// The new rate divided by the old one.
  let ratio: Fraction

  /// The ratio or its inverse, whichever is 1 or more.
  let size: Fraction

  /// The product of both rates: near 1 if one is the inverse of the other.
  let product: Fraction

  /// True if one rate is above 1 and the other below.
  let crossesOne: Bool

  /// Creates the jump between two positive rates; nil for others, and beyond exact arithmetic.
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

  /// True if the ratio is `factor` or its inverse within `tolerance` (1/20 for 5 %).
  func isNear(_ factor: Fraction, tolerance: Fraction) -> Bool {
    guard let excess = size.divided(by: factor, rounding: .toNearest) else { return false }
    return excess.isNearOne(tolerance: tolerance)
  }
}
