/// Detects swapped base and quote: the product with the last rate is nearer 1 than the ratio to it.
///
/// This also holds for a rate that crosses 1, as EUR/USD does now and then. So the jump must also be
/// larger than any usual move, in one of four ways:
/// - a factor of 2 or more, within a tenth of the inverse: currencies have lost half their value
///   overnight, but hardly ever to just the inverse of their rate;
/// - more than a tenth, within a twentieth of the inverse: no rate near 1 crosses it so far between two
///   publications, and hardly ever to its inverse;
/// - a twentieth or more, within a fiftieth of the inverse, on a page with another line that is
///   inverted by one of the first two ways, because a page is inverted as a whole: EUR/JPY shows that EUR/USD is
///   inverted;
/// - a factor of 4 or more, which no rate moves between two publications, unless a shifted decimal
///   mark or a redenomination explains it.
enum InvertedGuard: RateGuard {
  static let name = "inverted"

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, let jump = line.jump, jump.crossesOne,
      isPlain(jump) || (page.isPlainlyInverted && isByCompany(jump))
        || (jump.size >= Fraction(4) && RedenominationGuard.finding(of: line, on: page) == nil
          && PowerOfTenGuard.finding(of: line, on: page) == nil)
    else { return nil }
    return "\(line.rate.perUnitText) is nearer the inverse of the last rate, \(last.perUnitText),"
      + " than the rate itself"
  }

  /// True if a jump certainly goes to the inverse, without comparing other lines.
  static func isPlain(_ jump: RateJump) -> Bool {
    jump.crossesOne
      && (jump.size >= Fraction(2) && jump.product.isNearOne(tolerance: .oneIn(10))
        || jump.size > Fraction(numerator: 11, denominator: 10)
          && jump.product.isNearOne(tolerance: .oneIn(20)))
  }

  private static func isByCompany(_ jump: RateJump) -> Bool {
    jump.size >= Fraction(numerator: 21, denominator: 20)
      && jump.product.isNearOne(tolerance: .oneIn(50))
  }
}
