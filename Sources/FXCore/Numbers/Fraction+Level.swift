extension Fraction {
  /// Returns the place between two others, on a scale of `count` steps from 0 on; the middle where they
  /// are equal.
  package func level(from low: Fraction, to high: Fraction, of count: Int) -> Int {
    guard let part = subtracting(low, rounding: .toNearest),
      let whole = high.subtracting(low, rounding: .toNearest), whole > .zero,
      let share = part.divided(by: whole, rounding: .toNearest)?
        .multiplied(by: Fraction(Int64(count - 1)), rounding: .toNearest)?
        .adding(Fraction(numerator: 1, denominator: 2), rounding: .toNearest)
    else { return count / 2 }
    let level = share.numerator.flooredDivision(by: share.denominator)
    return Int(max(0, min(level, Int128(count - 1))))
  }
}
