package import FXCore

/// A value with its range in decimals: as many as tell something.
package struct RangeText {
  package let value: String
  package let low: String
  package let high: String

  /// The texts of a range; the ends are rounded outwards.
  ///
  /// A derived value has the digits of its range and one or two more; a value without a range all.
  package init(_ range: RateRange) {
    let places = Self.places(of: range)
    value = range.isExact ? range.printed.plainText : range.printed.text(places: places, .toNearest)
    low = range.isExact ? value : range.low.text(places: places, .down)
    high = range.isExact ? value : range.high.text(places: places, .up)
  }

  /// The same ends around another text of the value.
  init(_ range: RateRange, value: String) {
    let texts = RangeText(range)
    (self.value, low, high) = (value, texts.low, texts.high)
  }

  /// Returns the fewest decimals at which a step is at most a tenth of the range.
  private static func places(of range: RateRange) -> Int {
    guard let width = range.high.subtracting(range.low, rounding: .up) else { return 0 }
    return (0..<ExactDecimal.maximumScale).first { places in
      Fraction(numerator: 10, denominator: ExactDecimal.powerOfTen(places)) <= width
    } ?? ExactDecimal.maximumScale
  }
}
