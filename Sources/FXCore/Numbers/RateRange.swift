/// A value with the range that rounding leaves open: the figure the printed digits give, and the
/// lowest and highest the true one can be.
///
/// A printed rate is a *fact*: it also has a range (half a tick either way), but compares exactly as
/// printed. Anything computed from two facts is derived and compares by its range.
package struct RateRange: Hashable, Sendable {
  /// What the printed digits give.
  package let printed: Fraction

  /// No true value is below it.
  package let low: Fraction

  /// No true value is above it.
  package let high: Fraction

  /// Whether comparison looks at the printed figure alone.
  package let isFact: Bool

  /// A range whose ends are in order: `low` ≤ `printed` ≤ `high`, checked in debug builds.
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

  /// A printed rate in a series that prints `scale` decimals; the true rate lies within half a
  /// tick.
  ///
  /// All three over one denominator, as nearly always.
  package init(_ rate: Rate, scale: Int) {
    let places = scale - rate.printed.scale
    let halves = Int128(rate.printed.coefficient) * 2 * ExactDecimal.powerOfTen(max(0, places))
    guard places >= 0, halves.magnitude < 1 << 119 else {
      self.init(rate: rate.perUnit, tick: rate.tick(scale: scale))
      return
    }
    let denominator = ExactDecimal.powerOfTen(scale) * Int128(rate.nominal) * 2
    self.init(
      printed: Fraction(fitting: halves, over: denominator),
      low: Fraction(fitting: halves - 1, over: denominator),
      high: Fraction(fitting: halves + 1, over: denominator), isFact: true)
  }

  /// A printed rate with the tick of its series (rate per one unit, both); the true rate lies
  /// within half a tick.
  package init(rate: Fraction, tick: Fraction) {
    let half = tick.denominator < 1 << 118 ? tick.half : tick
    self.init(
      printed: rate,
      low: rate.subtracting(half, rounding: .down) ?? rate,
      high: rate.adding(half, rounding: .up) ?? rate,
      isFact: true)
  }

  /// Whether nothing is left open.
  package var isExact: Bool { low == high }

  /// The same value read as `certainty: printed` asks: as if rounding did not exist.
  package var asPrinted: RateRange { RateRange(exactly: printed) }

  // MARK: Arithmetic

  /// The sum; nil when it cannot be bounded.
  package func adding(_ other: RateRange) -> RateRange? {
    guard let printed = printed.adding(other.printed, rounding: .toNearest),
      let low = low.adding(other.low, rounding: .down),
      let high = high.adding(other.high, rounding: .up)
    else { return nil }
    return derived(with: other, printed: printed, low: low, high: high)
  }

  /// The value with the other sign.
  package var negated: RateRange {
    RateRange(printed: -printed, low: -high, high: -low, isFact: isFact)
  }

  /// The difference; nil when it cannot be bounded.
  package func subtracting(_ other: RateRange) -> RateRange? { adding(other.negated) }

  /// The product; nil when it cannot be bounded.
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

  /// The quotient; nil when the divisor may be zero or the quotient cannot be bounded.
  package func divided(by other: RateRange) -> RateRange? {
    if other.high < .zero { return negated.divided(by: other.negated) }
    // By a positive divisor: the farther from zero, the smaller it is.
    guard other.low > .zero,
      let printed = printed.divided(by: other.printed, rounding: .toNearest),
      let low = low.divided(by: low.isNegative ? other.low : other.high, rounding: .down),
      let high = high.divided(by: high.isNegative ? other.high : other.low, rounding: .up)
    else { return nil }
    return derived(with: other, printed: printed, low: low, high: high)
  }

  /// The value without its sign.
  package var magnitude: RateRange {
    if low >= .zero { return self }
    if high <= .zero { return negated }
    return RateRange(
      printed: printed.magnitude, low: .zero, high: max(-low, high), isFact: isFact)
  }

  /// The relative move from `old` to `self`, as a fraction of `old` (0.01 is one percent); nil when
  /// `old` may be zero or less.
  ///
  /// For a positive new rate the extremes are new low over old high and new high over old low.
  package func relativeMove(from old: RateRange) -> RateRange? {
    guard old.low > .zero else { return nil }
    if let unit = commonDenominator, unit == old.commonDenominator, !low.isNegative {
      // Of one tick, as nearly always: all exact, and so in order.
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

  /// The denominator all three figures have; nil where they differ.
  private var commonDenominator: Int128? {
    printed.denominator == low.denominator && printed.denominator == high.denominator
      ? printed.denominator : nil
  }

  /// A result stays a fact only while at most one operand was printed and the rest are constants.
  private func derived(
    with other: RateRange, printed: Fraction, low: Fraction, high: Fraction
  ) -> RateRange {
    RateRange(
      printed: printed, low: min(low, printed), high: max(high, printed),
      isFact: isFact && other.isFact && (isExact || other.isExact))
  }

  // MARK: Comparison

  /// Whether this value is above the other.
  package func isAbove(_ other: RateRange) -> Truth {
    if isFact, other.isFact { return Truth(printed > other.printed) }
    if low > other.high { return .yes }
    return high <= other.low ? .no : .undecided
  }

  /// Whether this value is below the other.
  package func isBelow(_ other: RateRange) -> Truth { other.isAbove(self) }

  /// Whether the two are the same value.
  package func isEqual(to other: RateRange) -> Truth {
    if isFact, other.isFact { return Truth(printed == other.printed) }
    if isExact, other.isExact { return Truth(printed == other.printed) }
    return low > other.high || high < other.low ? .no : .undecided
  }
}

extension Fraction {
  /// The difference over the old one, exactly, of two figures over one denominator that are not
  /// negative.
  fileprivate func exactGrowth(from old: Fraction) -> Fraction {
    Fraction(fitting: numerator - old.numerator, over: old.numerator)
  }

  /// `self` / `old` - 1; nil where `old` is zero or the result cannot be bounded.
  func growth(from old: Fraction, _ rounding: Rounding) -> Fraction? {
    if denominator == old.denominator, !isNegative, old > .zero { return exactGrowth(from: old) }
    return divided(by: old, rounding: rounding)?.subtracting(.one, rounding: rounding)
  }
}
