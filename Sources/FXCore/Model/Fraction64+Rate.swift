extension Fraction64 {
  /// Converts the rate of one unit; nil if it does not fit.
  init?(_ rate: Rate) {
    let (denominator, overflow) = ExactDecimal.shortPowerOfTen(rate.printed.scale)
      .multipliedReportingOverflow(by: rate.nominal)
    guard !overflow else { return nil }
    self.init(rate.printed.coefficient, over: denominator)
  }
}
