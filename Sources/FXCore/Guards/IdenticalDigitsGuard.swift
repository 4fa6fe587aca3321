/// Detects shifted rows: a currency prints the digits of another one, and one of the two jumped.
///
/// A central bank once printed the Saudi riyal at 0.4100, the rate of the Korean won. Currencies
/// with a common peg print the same digits all the time, and a few digits can be equal by chance. So
/// the digits must be three or more and must have differed before, and one of the two must not have
/// jumped.
enum IdenticalDigitsGuard: RateGuard {
  static let name = "identical-digits"

  /// The largest move that is not a jump: 5 %.
  ///
  /// A jump has at least two ticks too, because one tick of a coarse rate can be as much.
  static let leastJump = Fraction(numerator: 21, denominator: 20)
  static let leastTicks: Int64 = 2

  /// The smallest number, in ticks, that does not equal another one by chance.
  static let leastNumber: Int128 = 100

  /// The most lines with the same digits that are compared; on a page of zeros all are equal.
  static let mostCompared = 16

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, jumped(line), inTicks(line.rate.printed, line.scale) >= leastNumber
    else { return nil }
    let other = page.lines(printing: line.rate.printed).first { other in
      other.side == line.side && other.pair != line.pair && other.jump != nil && !jumped(other)
        && other.last?.printed != last.printed
    }
    return other.map {
      "\(line.rate.printed) are also the digits of \($0.pair), and the last rate was"
        + " \(last.printed)"
    }
  }

  private static func jumped(_ line: GuardedLine) -> Bool {
    guard let jump = line.jump, let last = line.last, jump.size > leastJump else { return false }
    let step = line.rate.perUnit.subtracting(last.perUnit, rounding: .toNearest)?.magnitude
    let ticks = line.rate.tick(scale: line.scale).multiplied(
      by: Fraction(leastTicks), rounding: .toNearest)
    guard let step, let ticks else { return false }
    return step >= ticks
  }

  private static func inTicks(_ number: ExactDecimal, _ scale: Int) -> Int128 {
    Int128(number.coefficient) * ExactDecimal.powerOfTen(max(0, scale - number.scale))
  }
}
