/// A rational number: what exact decimals become once they are divided.
///
/// Arithmetic is exact while numerator and denominator fit 120 bits and is then rounded in the
/// direction the caller names, so that a lower bound stays a lower bound. Comparison is always
/// exact. An operation whose result cannot be bounded so (a magnitude beyond 2^58 that would also
/// need rounding, a division by zero) gives nil.
package struct Fraction: Sendable {
  /// Signed; magnitude below 2^120.
  package let numerator: Int128

  /// 1 or more; below 2^120.
  package let denominator: Int128

  /// Which neighbour stands in for a result that cannot be kept exactly.
  package enum Rounding: Sendable {
    /// Never above the true value.
    case down
    /// Never below the true value.
    case up
    /// The nearest, halves away from zero. Where a fraction is rounded rather than text, any
    /// neighbour within 2^-60 of the value, relatively.
    case toNearest
  }

  package static let zero = Fraction(0)
  package static let one = Fraction(1)

  private static let limit: Int128 = 1 << 120

  /// The fraction of two numbers that are known to fit.
  ///
  /// Precondition: the denominator is positive and both magnitudes are below 2^120.
  package init(numerator: Int128, denominator: Int128) {
    precondition(
      denominator > 0 && denominator < Self.limit && numerator.magnitude < Self.limit.magnitude,
      "a fraction's parts must fit 120 bits, its denominator be positive")
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

  /// Whether the value is exactly zero.
  package var isZero: Bool { numerator == 0 }

  /// Whether the value is below zero.
  package var isNegative: Bool { numerator < 0 }

  /// The value without its sign.
  package var magnitude: Fraction { isNegative ? -self : self }

  /// The value with the other sign.
  package static prefix func - (value: Fraction) -> Fraction {
    Fraction(numerator: -value.numerator, denominator: value.denominator)
  }

  /// The quotient of two values that are small enough to stay exact, such as a printed figure and
  /// its nominal.
  ///
  /// Precondition: the divisor is positive and the parts of the result fit 120 bits.
  package static func / (value: Fraction, divisor: Fraction) -> Fraction {
    precondition(divisor.numerator > 0, "an exact quotient needs a positive divisor")
    return Fraction(
      numerator: value.numerator * divisor.denominator,
      denominator: value.denominator * divisor.numerator)
  }

  /// The sum; nil when it cannot be bounded.
  package func adding(_ other: Fraction, rounding: Rounding) -> Fraction? {
    if denominator == other.denominator {
      let sum = numerator + other.numerator
      if sum.magnitude < Self.limit.magnitude {
        return Fraction(numerator: sum, denominator: denominator)
      }
    }
    return Self.exactly(self, other, rounding) { left, right in
      let (first, overflow1) = left.numerator.multipliedReportingOverflow(by: right.denominator)
      let (second, overflow2) = right.numerator.multipliedReportingOverflow(by: left.denominator)
      let (sum, overflow3) = first.addingReportingOverflow(second)
      let (bottom, overflow4) = left.denominator.multipliedReportingOverflow(by: right.denominator)
      return overflow1 || overflow2 || overflow3 || overflow4 ? nil : (sum, bottom)
    }
  }

  /// The difference; nil when it cannot be bounded.
  package func subtracting(_ other: Fraction, rounding: Rounding) -> Fraction? {
    adding(-other, rounding: rounding)
  }

  /// The product; nil when it cannot be bounded.
  package func multiplied(by other: Fraction, rounding: Rounding) -> Fraction? {
    // A bound of a product of signed factors depends on the signs: round the magnitudes, outwards
    // where the product is to grow away from zero.
    let negative = isNegative != other.isNegative
    let product = Self.exactly(magnitude, other.magnitude, negative ? rounding.mirrored : rounding) {
      left, right in
      let (top, overflow1) = left.numerator.multipliedReportingOverflow(by: right.numerator)
      let (bottom, overflow2) = left.denominator.multipliedReportingOverflow(by: right.denominator)
      return overflow1 || overflow2 ? nil : (top, bottom)
    }
    return negative ? product.map { -$0 } : product
  }

  /// The quotient; nil when the divisor is zero or the quotient cannot be bounded.
  package func divided(by other: Fraction, rounding: Rounding) -> Fraction? {
    guard !other.isZero else { return nil }
    let inverse = Fraction(
      numerator: other.isNegative ? -other.denominator : other.denominator,
      denominator: Int128(other.numerator.magnitude))
    return multiplied(by: inverse, rounding: rounding)
  }

  /// Tries `operation` on the operands as they are, then reduced to lowest terms, then rounded to
  /// 58 bits in the direction that keeps the bound.
  private static func exactly(
    _ left: Fraction, _ right: Fraction, _ rounding: Rounding,
    _ operation: (Fraction, Fraction) -> (Int128, Int128)?
  ) -> Fraction? {
    if let exact = fitting(operation(left, right)) { return exact }
    if let exact = fitting(operation(left.reduced, right.reduced)) { return exact }
    guard let coarseLeft = left.reduced.coarse(rounding),
      let coarseRight = right.reduced.coarse(rounding)
    else { return nil }
    return fitting(operation(coarseLeft, coarseRight))
  }

  private static func fitting(_ parts: (Int128, Int128)?) -> Fraction? {
    guard let (top, bottom) = parts, top.magnitude < limit.magnitude, bottom < limit else {
      return nil
    }
    return Fraction(numerator: top, denominator: bottom)
  }

  /// The same value in lowest terms.
  package var reduced: Fraction {
    var larger = numerator.magnitude
    var smaller = denominator.magnitude
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    guard larger > 1 else { return self }
    return Fraction(
      numerator: numerator / Int128(larger), denominator: denominator / Int128(larger))
  }

  /// A neighbour whose parts fit 58 bits; nil when its magnitude is too large for that.
  private func coarse(_ rounding: Rounding) -> Fraction? {
    let widest = max(numerator.magnitude, denominator.magnitude)
    let shift = (128 - widest.leadingZeroBitCount) - 58
    guard shift > 0 else { return self }
    let outward = isNegative ? rounding == .down : rounding == .up
    let top = (numerator.magnitude >> shift) + (outward ? 1 : 0)
    let bottom = (denominator.magnitude >> shift) + (outward ? 0 : 1)
    guard bottom > 0, denominator.magnitude >> shift > 0 else { return nil }
    return Fraction(numerator: isNegative ? -Int128(top) : Int128(top), denominator: Int128(bottom))
  }

  /// Decimal text with exactly `places` digits after the dot (0 to 18), rounded as asked:
  /// `-0.87`. Zero has no sign.
  package func text(places: Int, _ rounding: Rounding) -> String {
    precondition((0...ExactDecimal.maximumScale).contains(places), "0 to 18 places can be printed")
    let divisor = denominator.magnitude
    var (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var fraction: Int64 = 0
    for _ in 0..<places {
      let (digit, left) = (rest * 10).quotientAndRemainder(dividingBy: divisor)
      fraction = fraction * 10 + Int64(digit)
      rest = left
    }
    let up =
      switch rounding {
      case .down: isNegative && rest > 0
      case .up: !isNegative && rest > 0
      case .toNearest: rest * 2 >= divisor
      }
    if up {
      fraction += 1
      if Int128(fraction) == ExactDecimal.powerOfTen(places) {
        fraction = 0
        whole += 1
      }
    }
    let sign = isNegative && (whole != 0 || fraction != 0) ? "-" : ""
    guard places > 0 else { return sign + String(whole) }
    let digits = String(fraction)
    return sign + String(whole) + "." + String(repeating: "0", count: places - digits.count) + digits
  }

  /// Decimal text without trailing zeros, exact when the value terminates within 18 places and
  /// rounded to the nearest there otherwise: 1/100000 is `0.00001`.
  package var plainText: String {
    var text = self.text(places: ExactDecimal.maximumScale, .toNearest)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}

extension Fraction.Rounding {
  /// The direction that rounds the negative of a value as this one rounds the value.
  fileprivate var mirrored: Fraction.Rounding {
    switch self {
    case .down: .up
    case .up: .down
    case .toNearest: .toNearest
    }
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

  /// The sign of `self - other`, by cross-multiplication in 128 bits where it fits and 256 where
  /// it does not.
  private func order(to other: Fraction) -> Int {
    if denominator == other.denominator {
      return numerator < other.numerator ? -1 : numerator == other.numerator ? 0 : 1
    }
    let (left, overflow1) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, overflow2) = other.numerator.multipliedReportingOverflow(by: denominator)
    if !overflow1, !overflow2 { return left < right ? -1 : left == right ? 0 : 1 }
    let wideLeft = numerator.multipliedFullWidth(by: other.denominator)
    let wideRight = other.numerator.multipliedFullWidth(by: denominator)
    if wideLeft.high != wideRight.high { return wideLeft.high < wideRight.high ? -1 : 1 }
    return wideLeft.low < wideRight.low ? -1 : wideLeft.low == wideRight.low ? 0 : 1
  }
}

extension Fraction: CustomStringConvertible {
  package var description: String { plainText }
}
