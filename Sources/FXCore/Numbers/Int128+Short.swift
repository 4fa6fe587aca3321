/// Arithmetic of 128 bits that takes one instruction if its operands fit 64 bits, as nearly all parts
/// of fractions do.
extension Int128 {
  /// The value in 64 bits; nil if it does not fit.
  var short: Int64? {
    let short = Int64(truncatingIfNeeded: self)
    return Int128(short) == self ? short : nil
  }

  /// Returns the product; nil if it does not fit.
  func product(with other: Int128) -> Int128? {
    if let short, let otherShort = other.short { return Int128(short) &* Int128(otherShort) }
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }

  /// Returns quotient and remainder of two positive values.
  func shortQuotientAndRemainder(
    by divisor: Int128
  ) -> (quotient: Int128, remainder: Int128) {
    guard let short, let otherShort = divisor.short else {
      return quotientAndRemainder(dividingBy: divisor)
    }
    let (quotient, remainder) = short.quotientAndRemainder(dividingBy: otherShort)
    return (Int128(quotient), Int128(remainder))
  }
}
