/// A value with the range that its rounding leaves open: the value of the printed digits, and the
/// lowest and highest possible true value.
///
/// A printed rate is a *fact*: it also has a range (half a tick either way), but is compared exactly
/// as printed. A value that is computed from one is derived and is compared by its range.
package struct RateRange: Hashable, Sendable {
  /// The value of the printed digits.
  package let printed: Fraction

  /// The lowest possible true value.
  package let low: Fraction

  /// The highest possible true value.
  package let high: Fraction

  /// Indicates whether the value is compared by `printed` alone.
  package let isFact: Bool

  /// Makes a range with `low` ≤ `printed` ≤ `high`, checked in debug builds.
  package init(printed: Fraction, low: Fraction, high: Fraction, isFact: Bool) {
    assert(low <= printed && printed <= high, "a range's ends must enclose its printed value")
    self.printed = printed
    self.low = low
    self.high = high
    self.isFact = isFact
  }

  /// A value known exactly, such as a threshold.
  package init(exactly value: Fraction) {
    self.init(printed: value, low: value, high: value, isFact: true)
  }

  /// The range of a printed rate, given the tick of its series (both per one unit): the true rate lies
  /// within half a tick.
  package init(rate: Fraction, tick: Fraction) {
    let half = tick.denominator < 1 << 118 ? tick.half : tick
    self.init(
      printed: rate,
      low: rate.subtracting(half, rounding: .down) ?? rate,
      high: rate.adding(half, rounding: .up) ?? rate,
      isFact: true)
  }

  /// Indicates whether the true value is known exactly.
  package var isExact: Bool { low == high }

  /// The same value as `certainty: printed` reads it: without the range of its rounding.
  package var asPrinted: RateRange { RateRange(exactly: printed) }

  // MARK: Arithmetic

  /// Returns the sum; nil if it cannot be bounded.
  package func adding(_ other: RateRange) -> RateRange? {
    guard let printed = printed.adding(other.printed, rounding: .toNearest),
      let low = low.adding(other.low, rounding: .down),
      let high = high.adding(other.high, rounding: .up)
    else { return nil }
    return derived(with: other, printed: printed, low: low, high: high)
  }

  /// The value with the opposite sign.
  package var negated: RateRange {
    RateRange(printed: -printed, low: -high, high: -low, isFact: isFact)
  }

  /// Returns the difference; nil if it cannot be bounded.
  package func subtracting(_ other: RateRange) -> RateRange? { adding(other.negated) }

  /// Returns the product; nil if it cannot be bounded.
  package func multiplied(by other: RateRange) -> RateRange? {
    guard let printed = printed.multiplied(by: other.printed, rounding: .toNearest) else {
      return nil
    }
    if low >= .zero, other.low >= .zero {
      guard let lowest = low.multiplied(by: other.low, rounding: .down),
        let highest = high.multiplied(by: other.high, rounding: .up)
      else { return nil }
      return derived(with: other, printed: printed, low: lowest, high: highest)
    }
    var lowest = printed
    var highest = printed
    for left in [low, high] {
      for right in [other.low, other.high] {
        guard let down = left.multiplied(by: right, rounding: .down),
          let up = left.multiplied(by: right, rounding: .up)
        else { return nil }
        lowest = min(lowest, down)
        highest = max(highest, up)
      }
    }
    return derived(with: other, printed: printed, low: lowest, high: highest)
  }

  /// Returns the quotient; nil if the divisor may be zero or the quotient cannot be bounded.
  package func divided(by other: RateRange) -> RateRange? {
    if other.high < .zero { return negated.divided(by: other.negated) }
    // With a positive divisor, a larger divisor gives a value closer to zero.
    guard other.low > .zero,
      let printed = printed.divided(by: other.printed, rounding: .toNearest),
      let low = low.divided(by: low.isNegative ? other.low : other.high, rounding: .down),
      let high = high.divided(by: high.isNegative ? other.high : other.low, rounding: .up)
    else { return nil }
    return derived(with: other, printed: printed, low: low, high: high)
  }

  /// The absolute value.
  package var magnitude: RateRange {
    if low >= .zero { return self }
    if high <= .zero { return negated }
    return RateRange(
      printed: printed.magnitude, low: .zero, high: max(-low, high), isFact: isFact)
  }

  /// Returns the relative change from `old` to `self`, as a fraction of `old` (0.01 is one percent);
  /// nil if `old` may be zero or less.
  ///
  /// For a positive new rate the ends are new low over old high and new high over old low.
  package func relativeMove(from old: RateRange) -> RateRange? {
    guard old.low > .zero else { return nil }
    if let unit = commonDenominator, unit == old.commonDenominator, !low.isNegative {
      // The usual case, one tick: all three are exact, and so in order.
      return RateRange(
        printed: printed.exactGrowth(from: old.printed), low: low.exactGrowth(from: old.high),
        high: high.exactGrowth(from: old.low), isFact: false)
    }
    guard
      let printed = printed.growth(from: old.printed, .toNearest),
      let low = low.growth(from: low.isNegative ? old.low : old.high, .down),
      let high = high.growth(from: high.isNegative ? old.high : old.low, .up)
    else { return nil }
    return RateRange(
      printed: printed, low: min(low, printed), high: max(high, printed), isFact: false)
  }

  /// The denominator of all three values; nil if they differ.
  private var commonDenominator: Int128? {
    printed.denominator == low.denominator && printed.denominator == high.denominator
      ? printed.denominator : nil
  }

  /// Makes the result of an operation, which is a fact only if both operands are exact.
  private func derived(
    with other: RateRange, printed: Fraction, low: Fraction, high: Fraction
  ) -> RateRange {
    RateRange(
      printed: printed, low: min(low, printed), high: max(high, printed),
      isFact: isFact && other.isFact && isExact && other.isExact)
  }

  // MARK: Comparison

  /// Returns the truth of "this value is above the other".
  package func isAbove(_ other: RateRange) -> Truth {
    if isFact, other.isFact { return Truth(printed > other.printed) }
    if low > other.high { return .yes }
    return high <= other.low ? .no : .undecided
  }

  /// Returns the truth of "this value is below the other".
  package func isBelow(_ other: RateRange) -> Truth { other.isAbove(self) }

  /// Returns the truth of "the two values are equal".
  package func isEqual(to other: RateRange) -> Truth {
    if isFact, other.isFact { return Truth(printed == other.printed) }
    if isExact, other.isExact { return Truth(printed == other.printed) }
    return low > other.high || high < other.low ? .no : .undecided
  }
}

extension Fraction {
  /// Returns `self` / `old` - 1 exactly, for two values of one denominator of which none is negative.
  fileprivate func exactGrowth(from old: Fraction) -> Fraction {
    Fraction(fitting: numerator - old.numerator, over: old.numerator)
  }

  /// Returns `self` / `old` - 1; nil if `old` is zero or the result cannot be bounded.
  func growth(from old: Fraction, _ rounding: Rounding) -> Fraction? {
    if denominator == old.denominator, !isNegative, old > .zero { return exactGrowth(from: old) }
    return divided(by: old, rounding: rounding)?.subtracting(.one, rounding: rounding)
  }
}
