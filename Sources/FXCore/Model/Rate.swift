/// A rate as a source published it: the printed number and the nominal it is for.
///
/// The printed number is never divided or inverted on input. The rate of one unit is derived.
package struct Rate: Hashable, Sendable {
  /// The number as printed, with its trailing zeros.
  package let printed: ExactDecimal

  /// The number of units of the base currency that `printed` is the price of; 1 to 10^9.
  package var nominal: Int64 { Int64(units) }

  /// The nominal in 32 bits, because histories hold many rates.
  private let units: Int32

  /// Creates the rate of a printed number; nil if the nominal is not 1 to 10^9.
  package init?(printed: ExactDecimal, nominal: Int64 = 1) {
    guard (1...1_000_000_000).contains(nominal) else { return nil }
    self.printed = printed
    units = Int32(nominal)
  }

  /// The exact rate of one unit.
  package var perUnit: Fraction {
    Fraction(
      fitting: Int128(printed.coefficient),
      over: ExactDecimal.powerOfTen(printed.scale) * Int128(nominal))
  }

  /// True if the rate of one unit is that of another, for whatever nominals they are printed.
  func isSamePerUnit(as other: Rate) -> Bool {
    units == other.units ? printed == other.printed : perUnit == other.perUnit
  }

  /// True if the rate of one unit is below that of another.
  func isBelow(_ other: Rate) -> Bool {
    units == other.units && printed.scale == other.printed.scale
      ? printed.coefficient < other.printed.coefficient : perUnit < other.perUnit
  }

  /// The rate of one unit as decimal text, with the printed digits: `7.18` for 10 units is `0.718`.
  ///
  /// Rounded to 18 places, without trailing zeros, if the nominal is not a power of ten.
  package var perUnitText: String {
    if let places = Self.decimalPlaces(of: nominal), let shifted = printed.shifted(right: places) {
      return shifted.description
    }
    return perUnit.plainText
  }

  /// Returns the smallest step of the rate of one unit when it is printed with `scale` decimals:
  /// 10^-scale ÷ nominal.
  package func tick(scale: Int) -> Fraction {
    Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(scale) * Int128(nominal))
  }

  /// Returns the exponent of a power of ten; nil for any other number.
  private static func decimalPlaces(of nominal: Int64) -> Int? {
    var rest = nominal
    var places = 0
    while rest > 1 {
      guard rest % 10 == 0 else { return nil }
      rest /= 10
      places += 1
    }
    return places
  }

  package static func == (left: Rate, right: Rate) -> Bool {
    left.nominal == right.nominal && left.printed == right.printed
  }
}
