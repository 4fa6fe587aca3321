/// The zeroth, first and second moments of a step function over a stretch.
struct WindowMoments: Sendable {
  /// The zeroth moment: the length along the axis; positive.
  let length: Int64
  /// The first moment: the sum of value × length, in units relative to the origin.
  let sum: Int128
  /// The second moment: the sum of value² × length; nil if squares are not kept.
  var squares: Int256?
  /// The newest rate in units, relative to the origin.
  let newest: Int64
  /// The value that is subtracted from all others, in units.
  let origin: Int128
  /// The denominator of all values.
  let unit: Int128

  /// The average rate; nil beyond exact arithmetic.
  var mean: Fraction? {
    guard let base = origin.product(with: Int128(length)),
      let denominator = unit.product(with: Int128(length))
    else { return nil }
    let (numerator, overflow) = base.addingReportingOverflow(sum)
    guard !overflow, numerator.magnitude < 1 << 119, denominator < 1 << 119 else { return nil }
    return Fraction(numerator: numerator, denominator: denominator)
  }

  /// length × Σ value² - (Σ value)²: length² times the variance, in units.
  ///
  /// Nil beyond exact arithmetic.
  var scaledVariance: Int256? {
    squares?.multiplied(by: length).map { $0 - Int256(sum, times: sum) }
  }

  /// The standard deviation, rounded down and up; both are equal if it is exact; nil beyond exact
  /// arithmetic.
  var deviation: (low: Fraction, high: Fraction)? {
    guard let variance = scaledVariance, let denominator = unit.product(with: Int128(length)),
      !variance.isNegative, denominator < 1 << 104
    else { return nil }
    // Fractional bits of the root, as many as the parts of a fraction have room for.
    let denominatorBits = 128 - denominator.leadingZeroBitCount
    let places = max(0, min((118 - variance.bitCount) / 2, 118 - denominatorBits))
    guard let root = variance.squareRoot(places: places) else { return nil }
    let divisor = denominator << places
    guard root.high.magnitude < 1 << 119 else { return nil }
    return (
      Fraction(numerator: root.low, denominator: divisor),
      Fraction(numerator: root.high, denominator: divisor)
    )
  }
}
