/// A fraction of two 64-bit integers, compared with a few instructions.
///
/// Always exact: a value that does not fit cannot be represented.
struct Fraction64: Sendable {
  let numerator: Int64

  /// 1 or more.
  let denominator: Int64

  /// Below every rate and every other value of this type.
  static let belowAllRates = Fraction64(-.max, over: 1)

  /// Above every rate and every other value of this type.
  static let aboveAllRates = Fraction64(.max, over: 1)

  /// Precondition: the denominator is positive.
  init(_ numerator: Int64, over denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Converts a fraction; nil if its parts do not fit 64 bits.
  init?(_ fraction: Fraction) {
    guard let numerator = fraction.numerator.short, let denominator = fraction.denominator.short,
      numerator > .min
    else { return nil }
    self.init(numerator, over: denominator)
  }

  static prefix func - (value: Fraction64) -> Fraction64 {
    Fraction64(-value.numerator, over: value.denominator)
  }

  static func < (left: Fraction64, right: Fraction64) -> Bool {
    left.scaledNumerator(for: right) < right.scaledNumerator(for: left)
  }

  static func == (left: Fraction64, right: Fraction64) -> Bool {
    left.scaledNumerator(for: right) == right.scaledNumerator(for: left)
  }

  /// Returns the numerator over the product of both denominators.
  private func scaledNumerator(for other: Fraction64) -> Int128 {
    Int128(numerator) &* Int128(other.denominator)
  }
}
