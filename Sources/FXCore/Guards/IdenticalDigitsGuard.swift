/// Rows that slipped: a currency prints the very digits of another one, and one of the two jumped.
///
/// A central bank once printed the Saudi riyal at 0.4100, the figure of the Korean won. Currencies
/// that share a peg print the same digits for ever and move together, or not at all; a few digits
/// agree by chance. So the digits must be three or more, have differed before, and one of the two
/// have stayed where it was.
enum IdenticalDigitsGuard: RateGuard {
  static let name = "identical-digits"

  /// A move beyond it is a jump: 5 %, and at least two ticks, because one tick of a coarse rate can
  /// be as much.
  static let leastJump = Fraction(numerator: 21, denominator: 20)
  static let leastTicks: Int64 = 2

  /// The least figure that agrees with another by more than chance, in ticks.
  static let leastFigure: Int128 = 100

  /// How many lines with the same digits are looked at; on a page of zeros all are alike.
  static let mostCompared = 16

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    guard let last = line.last, jumped(line), inTicks(line.rate.printed, line.scale) >= leastFigure
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

  private static func inTicks(_ figure: ExactDecimal, _ scale: Int) -> Int128 {
    Int128(figure.coefficient) * ExactDecimal.powerOfTen(max(0, scale - figure.scale))
  }
}
