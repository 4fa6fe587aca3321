extension RateRange {
  /// The range of a printed rate in a series that prints `scale` decimals: the true rate lies within
  /// half a tick.
  ///
  /// All three values share one denominator, except for very large rates.
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
}
