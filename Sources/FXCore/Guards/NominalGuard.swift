/// Detects a nominal that changed without the number: 100 yen at the price of one.
///
/// If a publisher changes the nominal and the number, the rate of one unit stays and is trusted.
enum NominalGuard: RateGuard {
  static let name = "nominal"

  /// The largest move of the number between two publications.
  static let tolerance = Fraction.oneIn(5)

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, last.nominal != line.rate.nominal, let jump = line.jump else {
      return nil
    }
    let (small, large) = (
      min(last.nominal, line.rate.nominal), max(last.nominal, line.rate.nominal)
    )
    let factor = Fraction(numerator: Int128(large), denominator: Int128(small))
    guard factor >= Fraction(2), jump.isNear(factor, tolerance: tolerance) else { return nil }
    return "the nominal went from \(last.nominal) to \(line.rate.nominal) and the rate only from"
      + " \(last.printed) to \(line.rate.printed)"
  }
}
