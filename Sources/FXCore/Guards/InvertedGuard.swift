/// Base and quote swapped: the product with the last rate is nearer 1 than the ratio to it.
///
/// That alone says no more than that the rate crossed 1, as EUR/USD does now and then. So the jump
/// must also be beyond any move, in one of three ways:
/// - twice or more, where the figure is within a tenth of the inverse: currencies have lost half
///   their value overnight, but hardly ever from a rate that makes this its inverse;
/// - a twentieth or more, within a fiftieth of the inverse, on a page of which another line is upside
///   down by the first way: a page is so as a whole. EUR/USD is told from its inverse by the company
///   of EUR/JPY;
/// - four times or more, which nothing moves between two publications, unless a shifted decimal mark
///   or a redenomination says why.
enum InvertedGuard: RateGuard {
  static let name = "inverted"

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, let jump = line.jump, jump.crossesOne,
      isPlain(jump) || (page.isPlainlyInverted && isByCompany(jump))
        || (jump.size >= Fraction(4) && RedenominationGuard.oddity(of: line, on: page) == nil
          && PowerOfTenGuard.oddity(of: line, on: page) == nil)
    else { return nil }
    return "\(line.rate.perUnitText) is nearer the inverse of the last rate, \(last.perUnitText),"
      + " than the rate itself"
  }

  /// Whether a jump goes to the inverse, beyond doubt and without looking at other lines.
  static func isPlain(_ jump: RateJump) -> Bool {
    jump.crossesOne && jump.size >= Fraction(2) && jump.product.isNearOne(tolerance: .oneIn(10))
  }

  private static func isByCompany(_ jump: RateJump) -> Bool {
    jump.size >= Fraction(numerator: 21, denominator: 20)
      && jump.product.isNearOne(tolerance: .oneIn(50))
  }
}
