extension Fraction {
  /// True if the value is between 1 - `tolerance` and 1 + `tolerance`.
  func isNearOne(tolerance: Fraction) -> Bool {
    subtracting(.one, rounding: .toNearest).map { $0.magnitude <= tolerance } ?? false
  }

  /// Returns 1 ÷ `parts`.
  static func oneIn(_ parts: Int64) -> Fraction {
    Fraction(numerator: 1, denominator: Int128(parts))
  }
}
