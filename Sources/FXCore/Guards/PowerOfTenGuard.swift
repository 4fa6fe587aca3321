/// Detects a shifted decimal mark: 10, 100 or 1000 times the last rate, or 1/10 of it, and so on.
enum PowerOfTenGuard: RateGuard {
  static let name = "power-of-ten"

  /// The largest move of the rate itself; none moves by a factor of 9 between two publications.
  static let tolerance = Fraction.oneIn(10)

  /// The largest shift that is checked, in places.
  static let longestShift = 12

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let jump = line.jump, jump.size >= Fraction(9), let last = line.last else { return nil }
    for places in 1...longestShift {
      let factor = Fraction(numerator: ExactDecimal.powerOfTen(places), denominator: 1)
      guard jump.isNear(factor, tolerance: tolerance) else { continue }
      let share = jump.ratio > .one ? "\(factor.plainText) times" : "1/\(factor.plainText) of"
      return "\(line.rate.perUnitText) is about \(share) the last rate, \(last.perUnitText)"
    }
    return nil
  }
}
