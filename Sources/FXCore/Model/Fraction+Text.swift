extension Fraction {
  /// Decimal text with exactly `places` digits after the dot (0 to 18), rounded as asked: `-0.87`.
  ///
  /// Zero has no sign.
  package func text(places: Int, _ rounding: Rounding) -> String {
    precondition((0...ExactDecimal.maximumScale).contains(places), "0 to 18 places can be printed")
    let divisor = denominator.magnitude
    var (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var fraction: Int64 = 0
    for _ in 0..<places {
      let (digit, left) = (rest * 10).quotientAndRemainder(dividingBy: divisor)
      fraction = fraction * 10 + Int64(digit)
      rest = left
    }
    let up =
      switch rounding {
      case .down: isNegative && rest > 0
      case .up: !isNegative && rest > 0
      case .toNearest: rest * 2 >= divisor
      }
    if up {
      fraction += 1
      if Int128(fraction) == ExactDecimal.powerOfTen(places) {
        fraction = 0
        whole += 1
      }
    }
    let sign = isNegative && (whole != 0 || fraction != 0) ? "-" : ""
    guard places > 0 else { return sign + String(whole) }
    let digits = String(fraction)
    return sign + String(whole) + "." + String(repeating: "0", count: places - digits.count)
      + digits
  }

  /// Decimal text without trailing zeros, exact when the value terminates within 18 places and
  /// rounded to the nearest there otherwise: 1/100000 is `0.00001`.
  package var plainText: String { plainText(places: ExactDecimal.maximumScale) }

  /// Decimal text of at most `places` digits after the dot (0 to 18), rounded to the nearest,
  /// without trailing zeros: `12.5`.
  package func plainText(places: Int) -> String {
    var text = self.text(places: places, .toNearest)
    guard places > 0 else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}

extension Fraction: CustomStringConvertible {
  package var description: String { plainText }
}
