/// Detects a redenomination: a move by the ratio at which one currency replaced another.
///
/// For a pair with a withdrawn currency, the currency's own ratio counts (BGN 1.95583 into EUR). For
/// a pair with a successor, only ratios of 4 and more do: no rate moves so far between two
/// publications, but the lira may lose a fifth against the euro, which once replaced the Irish pound
/// at 0.787564.
enum RedenominationGuard: RateGuard {
  static let name = "redenominated"

  /// The smallest ratio of a successor's redenomination that is not a usual move.
  static let leastOfSuccessor = Fraction(4)

  /// The largest move of the rate itself: more for ratios that no move reaches.
  static let tolerance = Fraction.oneIn(20)
  static let toleranceOfSmall = Fraction.oneIn(50)

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    // Cheaper than the table and false for nearly every line: no ratio but 1 is nearer to 1.
    guard let jump = line.jump, jump.size > Fraction(numerator: 6, denominator: 5),
      let last = line.last
    else { return nil }
    for currency in [line.pair.base, line.pair.quote] {
      for step in CurrencyRegistry.redenominations(of: currency) {
        let ratio = Fraction(step.retirement.ratio)
        let size = ratio < .one ? Fraction.one.divided(by: ratio, rounding: .toNearest) : ratio
        guard let size, size > .one else { continue }
        let isLarge = size >= leastOfSuccessor
        guard isLarge || step.retired == currency,
          jump.isNear(size, tolerance: isLarge ? tolerance : toleranceOfSmall)
        else { continue }
        return "\(line.rate.perUnitText) and the last rate, \(last.perUnitText), are apart by the"
          + " ratio of \(step.retired) to \(step.retirement.successor), \(step.retirement.ratio)"
      }
    }
    return nil
  }
}
