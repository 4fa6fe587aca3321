/// Two fractions of 64-bit integers that enclose the range of a value: an interval that is wider than
/// the exact one and much cheaper to compute.
///
/// The ends are rounded outwards. If two bounds do not overlap, neither do the exact ranges, so a
/// comparison of the bounds gives the same answer. If they overlap, the exact ranges must be compared.
struct Bounds: Sendable {
  /// At most the low end of the exact range, and so at most the printed value.
  let low: Fraction64

  /// At least the high end of the exact range.
  let high: Fraction64

  init(low: Fraction64, high: Fraction64) {
    self.low = low
    self.high = high
  }

  /// Copies the ends of an exact range; nil if they do not fit 64 bits.
  init?(_ range: RateRange) {
    guard let low = Fraction64(range.low), let high = Fraction64(range.high) else {
      return nil
    }
    self.init(low: low, high: high)
  }

  /// Bounds of the absolute value.
  var magnitude: Bounds {
    if low.numerator >= 0 { return self }
    if high.numerator <= 0 { return negated }
    let opposite = -low
    return Bounds(low: Fraction64(0, over: 1), high: opposite < high ? high : opposite)
  }

  /// Bounds of the value with the opposite sign.
  var negated: Bounds { Bounds(low: -high, high: -low) }

  /// Returns bounds of the difference from an earlier rate; nil if the denominators differ.
  func distance(from old: Bounds) -> Bounds? {
    guard high.denominator == old.high.denominator else { return nil }
    return Bounds(
      low: Fraction64(low.numerator - old.high.numerator, over: high.denominator),
      high: Fraction64(high.numerator - old.low.numerator, over: high.denominator))
  }

  /// Returns bounds of the relative change from an earlier rate; nil if the denominators differ or
  /// one of the rates may be negative or the earlier one zero.
  func relativeMove(from old: Bounds) -> Bounds? {
    guard let distance = distance(from: old), low.numerator >= 0, old.low.numerator > 0 else {
      return nil
    }
    return Bounds(
      low: Fraction64(distance.low.numerator, over: old.high.numerator),
      high: Fraction64(distance.high.numerator, over: old.low.numerator))
  }
}
