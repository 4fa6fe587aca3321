/// A rational number, the result of dividing exact decimals.
///
/// Arithmetic is exact while numerator and denominator fit 120 bits. Beyond that the result is
/// rounded in the direction that the caller requests, so that a lower bound stays a lower bound: by less
/// than 2^-57 of the value while that lies between 2^-60 and 2^60. Comparison is always exact. A
/// division by zero and a result of 2^119 or more that does not fit give nil.
package struct Fraction: Sendable {
  /// Signed; magnitude below 2^120.
  package let numerator: Int128

  /// 1 or more; below 2^120.
  package let denominator: Int128

  /// The direction in which a result is rounded that cannot be represented exactly.
  package enum Rounding: Sendable {
    /// Never above the true value.
    case down
    /// Never below the true value.
    case up
    /// In text the nearest, halves away from zero; in arithmetic a neighbour on either side.
    case toNearest
  }

  /// The value 0.
  package static var zero: Fraction { Fraction(0) }
  /// The value 1.
  package static var one: Fraction { Fraction(1) }

  /// The greatest value of this type; represents "unbounded".
  package static let greatest = Fraction(numerator: limit - 1, denominator: 1)

  /// The limit of numerator and denominator: sums of two of them, and ten times one, fit 128 bits.
  private static var limit: Int128 { 1 << 120 }

  /// Makes a fraction of two numbers that fit, checked in all builds.
  ///
  /// Precondition: the denominator is positive and both magnitudes are below 2^120.
  package init(numerator: Int128, denominator: Int128) {
    precondition(
      denominator > 0 && denominator < Self.limit && numerator.magnitude < Self.limit.magnitude,
      "a fraction's parts must fit 120 bits, its denominator be positive")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Makes a fraction of two numbers that fit by construction, checked in debug builds only.
  init(fitting numerator: Int128, over denominator: Int128) {
    assert(
      denominator > 0 && denominator < Self.limit && numerator.magnitude < Self.limit.magnitude)
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A whole number.
  package init(_ whole: Int64) {
    self.numerator = Int128(whole)
    self.denominator = 1
  }

  /// The exact value of a decimal.
  package init(_ decimal: ExactDecimal) {
    self.numerator = Int128(decimal.coefficient)
    self.denominator = ExactDecimal.powerOfTen(decimal.scale)
  }

  /// Indicates whether the value is exactly zero.
  package var isZero: Bool { numerator == 0 }

  /// Indicates whether the value is below zero.
  package var isNegative: Bool { numerator < 0 }

  /// The absolute value.
  package var magnitude: Fraction { isNegative ? -self : self }

  /// Half of a value that is small enough to stay exact, such as a tick.
  ///
  /// Precondition: twice the denominator is below 2^120.
  var half: Fraction { Fraction(numerator: numerator, denominator: denominator * 2) }

  /// The value with the opposite sign.
  package static prefix func - (value: Fraction) -> Fraction {
    Fraction(fitting: -value.numerator, over: value.denominator)
  }

  /// The quotient of two values that are small enough to stay exact, such as a printed rate and its
  /// nominal.
  ///
  /// Precondition: the divisor is positive and the parts of the result fit 120 bits.
  package static func / (value: Fraction, divisor: Fraction) -> Fraction {
    precondition(divisor.numerator > 0, "an exact quotient needs a positive divisor")
    return Fraction(
      numerator: value.numerator * divisor.denominator,
      denominator: value.denominator * divisor.numerator)
  }

  /// Returns the sum; nil if it cannot be bounded.
  package func adding(_ other: Fraction, rounding: Rounding) -> Fraction? {
    if let sum = exactSum(other) { return sum }
    let left = reduced
    let right = other.reduced
    return left.exactSum(right) ?? left.roundedSum(right, rounding)
  }

  /// Returns the difference; nil if it cannot be bounded.
  package func subtracting(_ other: Fraction, rounding: Rounding) -> Fraction? {
    adding(-other, rounding: rounding)
  }

  /// Returns the value minus and plus a distance; nil if either cannot be bounded.
  func ends(within distance: Fraction) -> (low: Fraction, high: Fraction)? {
    let (factor, rest) = denominator.shortQuotientAndRemainder(by: distance.denominator)
    if rest == 0, let share = distance.numerator.product(with: factor),
      let low = Self.fitting(numerator - share, over: denominator),
      let high = Self.fitting(numerator + share, over: denominator)
    {
      // The usual case: one denominator.
      return (low, high)
    }
    guard let low = subtracting(distance, rounding: .down),
      let high = adding(distance, rounding: .up)
    else { return nil }
    return (low, high)
  }

  /// Returns the product; nil if it cannot be bounded.
  package func multiplied(by other: Fraction, rounding: Rounding) -> Fraction? {
    if let product = exactProduct(other) { return product }
    // Reduced across both factors, so that common factors cancel before anything is rounded.
    let left = reduced
    let right = other.reduced
    let crossLeft = Fraction(numerator: left.numerator, denominator: right.denominator).reduced
    let crossRight = Fraction(numerator: right.numerator, denominator: left.denominator).reduced
    return crossLeft.exactProduct(crossRight)
      ?? Self.rounded(
        UInt256(crossLeft.numerator.magnitude, times: crossRight.numerator.magnitude),
        over: UInt256(
          crossLeft.denominator.magnitude, times: crossRight.denominator.magnitude),
        isNegative: isNegative != other.isNegative, rounding)
  }

  /// Returns the quotient; nil if the divisor is zero or the quotient cannot be bounded.
  package func divided(by other: Fraction, rounding: Rounding) -> Fraction? {
    guard !other.isZero else { return nil }
    let divisor = other.isNegative ? -other : other
    let dividend = other.isNegative ? -self : self
    if denominator == other.denominator {
      return Fraction(fitting: dividend.numerator, over: divisor.numerator)
    }
    let inverse = Fraction(fitting: divisor.denominator, over: divisor.numerator)
    return dividend.multiplied(by: inverse, rounding: rounding)
  }

  /// Returns the sum over a common denominator; nil if it does not fit.
  private func exactSum(_ other: Fraction) -> Fraction? {
    if denominator == other.denominator {
      return Self.fitting(numerator + other.numerator, over: denominator)
    }
    // Decimals of two scales: one denominator is a multiple of the other.
    let (coarse, fine) = denominator < other.denominator ? (self, other) : (other, self)
    let (factor, rest) = fine.denominator.shortQuotientAndRemainder(by: coarse.denominator)
    if rest == 0 {
      guard let scaled = coarse.numerator.product(with: factor) else { return nil }
      let (sum, overflow) = scaled.addingReportingOverflow(fine.numerator)
      return overflow ? nil : Self.fitting(sum, over: fine.denominator)
    }
    guard let first = numerator.product(with: other.denominator),
      let second = other.numerator.product(with: denominator),
      let common = denominator.product(with: other.denominator)
    else { return nil }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? nil : Self.fitting(sum, over: common)
  }

  private func roundedSum(_ other: Fraction, _ rounding: Rounding) -> Fraction? {
    let first = UInt256(numerator.magnitude, times: other.denominator.magnitude)
    let second = UInt256(other.numerator.magnitude, times: denominator.magnitude)
    let common = UInt256(denominator.magnitude, times: other.denominator.magnitude)
    if isNegative == other.isNegative {
      return Self.rounded(first + second, over: common, isNegative: isNegative, rounding)
    }
    return first >= second
      ? Self.rounded(first - second, over: common, isNegative: isNegative, rounding)
      : Self.rounded(second - first, over: common, isNegative: other.isNegative, rounding)
  }

  private func exactProduct(_ other: Fraction) -> Fraction? {
    guard let numerator = numerator.product(with: other.numerator),
      let denominator = denominator.product(with: other.denominator)
    else { return nil }
    return Self.fitting(numerator, over: denominator)
  }

  private static func fitting(_ numerator: Int128, over denominator: Int128) -> Fraction? {
    guard numerator.magnitude < limit.magnitude, denominator < limit else { return nil }
    return Fraction(fitting: numerator, over: denominator)
  }

  /// Shortens both parts to 119 bits.
  ///
  /// To round away from zero, the numerator is rounded up and the denominator down; to round towards
  /// zero, the other way round.
  private static func rounded(
    _ numerator: UInt256, over denominator: UInt256, isNegative: Bool, _ rounding: Rounding
  ) -> Fraction? {
    let places = max(0, max(numerator.bitCount, denominator.bitCount) - 119)
    guard denominator.bitCount > places else { return nil }
    let outward = isNegative ? rounding == .down : rounding == .up
    let shortened = numerator.shifted(right: places, roundingUp: outward)
    return Fraction(
      numerator: isNegative ? -shortened : shortened,
      denominator: denominator.shifted(right: places, roundingUp: !outward))
  }

  /// The same value in lowest terms.
  package var reduced: Fraction {
    var larger = numerator.magnitude
    var smaller = denominator.magnitude
    while smaller > UInt64.max { (larger, smaller) = (smaller, larger % smaller) }
    if smaller != 0 {
      // The rest fits 64-bit registers.
      var (one, other) = (UInt64(smaller), UInt64(larger % smaller))
      while other != 0 { (one, other) = (other, one % other) }
      larger = UInt128(one)
    }
    guard larger > 1 else { return self }
    return Fraction(
      numerator: numerator / Int128(larger), denominator: denominator / Int128(larger))
  }
}

extension Fraction: Comparable, Hashable {
  package static func == (left: Fraction, right: Fraction) -> Bool {
    left.order(to: right) == 0
  }

  package static func < (left: Fraction, right: Fraction) -> Bool {
    left.order(to: right) < 0
  }

  package func hash(into hasher: inout Hasher) {
    let lowest = reduced
    hasher.combine(lowest.numerator)
    hasher.combine(lowest.denominator)
  }

  /// Returns the sign of `self - other`, by cross-multiplication in 128 bits if that fits, in 256
  /// otherwise.
  private func order(to other: Fraction) -> Int {
    if denominator == other.denominator {
      return numerator < other.numerator ? -1 : numerator == other.numerator ? 0 : 1
    }
    if let ownNumerator = numerator.short, let ownDenominator = denominator.short,
      let otherNumerator = other.numerator.short, let otherDenominator = other.denominator.short
    {
      let left = Int128(ownNumerator) &* Int128(otherDenominator)
      let right = Int128(otherNumerator) &* Int128(ownDenominator)
      return left < right ? -1 : left == right ? 0 : 1
    }
    if let left = numerator.product(with: other.denominator),
      let right = other.numerator.product(with: denominator)
    {
      return left < right ? -1 : left == right ? 0 : 1
    }
    let wideLeft = numerator.multipliedFullWidth(by: other.denominator)
    let wideRight = other.numerator.multipliedFullWidth(by: denominator)
    if wideLeft.high != wideRight.high { return wideLeft.high < wideRight.high ? -1 : 1 }
    return wideLeft.low < wideRight.low ? -1 : wideLeft.low == wideRight.low ? 0 : 1
  }
}
