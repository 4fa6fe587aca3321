/// A rate as a source published it: the printed figure and the nominal it is for.
///
/// The printed figure is never divided or inverted on the way in. The rate of one unit is derived.
package struct Rate: Hashable, Sendable {
  /// The figure as printed, with its zeros.
  package let printed: ExactDecimal

  /// How many units of the base currency the figure is for; 1 to 10^9.
  package var nominal: Int64 { Int64(units) }

  /// The nominal; small, because histories hold many rates.
  private let units: Int32

  /// The rate of a printed figure; nil when the nominal is not 1 to 10^9.
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

  /// Whether the rate of one unit is below that of another.
  func isBelow(_ other: Rate) -> Bool {
    units == other.units && printed.scale == other.printed.scale
      ? printed.coefficient < other.printed.coefficient : perUnit < other.perUnit
  }

  /// The rate of one unit as decimal text, with the digits that were printed: `7.18` for 10 units
  /// is `0.718`.
  ///
  /// Rounded to 18 places only where the nominal is no power of ten.
  package var perUnitText: String {
    if let places = Self.decimalPlaces(of: nominal), let shifted = printed.shifted(right: places) {
      return shifted.description
    }
    return perUnit.text(places: ExactDecimal.maximumScale, .toNearest)
  }

  /// The smallest step this figure can make when it is printed with `scale` decimals:
  /// 10^-scale ÷ nominal.
  package func tick(scale: Int) -> Fraction {
    Fraction(numerator: 1, denominator: ExactDecimal.powerOfTen(scale) * Int128(nominal))
  }

  /// The exponent of a power of ten; nil for any other number.
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
