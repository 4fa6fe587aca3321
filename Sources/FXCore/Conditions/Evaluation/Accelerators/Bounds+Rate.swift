extension Bounds {
  /// The range of a printed rate of a series that prints `scale` decimals; nil if it does not fit 64
  /// bits.
  ///
  /// Both ends have one denominator, the same for all rates of one nominal.
  init?(_ rate: Rate, scale: Int) {
    let printed = rate.printed
    let finest = max(scale, printed.scale)
    let (halves, numeratorOverflows) = printed.coefficient.multipliedReportingOverflow(
      by: 2 * ExactDecimal.shortPowerOfTen(finest - printed.scale))
    let (denominator, denominatorOverflows) = (2 * ExactDecimal.shortPowerOfTen(finest))
      .multipliedReportingOverflow(by: rate.nominal)
    guard !numeratorOverflows, !denominatorOverflows, halves.magnitude < 1 << 61 else { return nil }
    self.init(
      low: Fraction64(halves - 1, over: denominator),
      high: Fraction64(halves + 1, over: denominator))
  }
}
