/// A fraction whose parts fit a register each, so that two are compared in a few instructions.
///
/// Exact: a value that does not fit has none.
struct Fraction64: Sendable {
  let top: Int64

  /// 1 or more.
  let bottom: Int64

  /// Beyond every rate, and every value that is short.
  static let belowAllRates = Fraction64(-.max, over: 1)
  static let aboveAllRates = Fraction64(.max, over: 1)

  /// The fraction of two numbers, the second of which is positive.
  init(_ top: Int64, over bottom: Int64) {
    self.top = top
    self.bottom = bottom
  }

  /// The same value; nil where it does not fit.
  init?(_ fraction: Fraction) {
    guard let top = fraction.numerator.short, let bottom = fraction.denominator.short,
      top > .min
    else { return nil }
    self.init(top, over: bottom)
  }

  /// The rate of one unit; nil where it does not fit.
  init?(_ rate: Rate) {
    let (bottom, overflow) = ExactDecimal.shortPowerOfTen(rate.printed.scale)
      .multipliedReportingOverflow(by: rate.nominal)
    guard !overflow else { return nil }
    self.init(rate.printed.coefficient, over: bottom)
  }

  static prefix func - (value: Fraction64) -> Fraction64 {
    Fraction64(-value.top, over: value.bottom)
  }

  static func < (left: Fraction64, right: Fraction64) -> Bool {
    left.share(of: right) < right.share(of: left)
  }

  static func == (left: Fraction64, right: Fraction64) -> Bool {
    left.share(of: right) == right.share(of: left)
  }

  /// The top over the product of both bottoms.
  private func share(of other: Fraction64) -> Int128 { Int128(top) &* Int128(other.bottom) }
}
