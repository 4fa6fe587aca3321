/// The nominal changed and the figure did not: a hundred yen for what one was.
///
/// Publishers do change nominals, and rightly change the figure with it; the rate of one unit then
/// stays where it was, and nothing is odd.
enum NominalGuard: RateGuard {
  static let name = "nominal"

  /// How far the figure may have moved by itself.
  static let tolerance = Fraction.oneIn(5)

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, last.nominal != line.rate.nominal, let jump = line.jump else {
      return nil
    }
    let (small, large) = (
      min(last.nominal, line.rate.nominal), max(last.nominal, line.rate.nominal)
    )
    let factor = Fraction(numerator: Int128(large), denominator: Int128(small))
    guard factor >= Fraction(2), jump.isNear(factor, tolerance: tolerance) else { return nil }
    return "the nominal went from \(last.nominal) to \(line.rate.nominal) and the figure only from"
      + " \(last.printed) to \(line.rate.printed)"
  }
}
