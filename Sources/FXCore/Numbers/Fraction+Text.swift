extension Fraction {
  /// Returns decimal text with exactly `places` digits after the dot (0 to 18): `-0.87`.
  ///
  /// Zero has no sign.
  package func text(places: Int, _ rounding: Rounding) -> String {
    precondition((0...ExactDecimal.maximumScale).contains(places), "0 to 18 places can be printed")
    let (isNegative, whole, fraction) = digits(places: places, rounding)
    return Self.text(isNegative, whole, fraction, places: places)
  }

  /// Returns the sign of the printed text, the whole part, and the digits after the dot as a number.
  private func digits(
    places: Int, _ rounding: Rounding
  ) -> (isNegative: Bool, whole: UInt128, fraction: UInt64) {
    let divisor = denominator.magnitude
    var (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var fraction: UInt64 = 0
    let power = ExactDecimal.powerOfTen(places).magnitude
    if divisor <= UInt64.max {
      // The usual case: all digits at once. Both factors are below 2^64.
      let (digits, left) = (rest * power).quotientAndRemainder(dividingBy: divisor)
      (fraction, rest) = (UInt64(digits), left)
    } else {
      for _ in 0..<places {
        let (digit, left) = (rest * 10).quotientAndRemainder(dividingBy: divisor)
        fraction = fraction * 10 + UInt64(digit)
        rest = left
      }
    }
    let up =
      switch rounding {
      case .down: isNegative && rest > 0
      case .up: !isNegative && rest > 0
      case .toNearest: rest * 2 >= divisor
      }
    if up {
      fraction += 1
      if UInt128(fraction) == power {
        fraction = 0
        whole += 1
      }
    }
    return (isNegative && (whole != 0 || fraction != 0), whole, fraction)
  }

  private static func text(
    _ isNegative: Bool, _ whole: UInt128, _ fraction: UInt64, places: Int
  ) -> String {
    guard let short = UInt64(exactly: whole) else {
      // Wider than any printed rate.
      let end = places > 0 ? text(false, 0, fraction, places: places).dropFirst() : ""
      return (isNegative ? "-" : "") + String(whole) + end
    }
    return String(asciiCapacity: 48) { text in
      if isNegative { text.write(UInt8(ascii: "-")) }
      text.write(short)
      guard places > 0 else { return }
      text.write(UInt8(ascii: "."))
      text.write(fraction, width: places)
    }
  }

  /// Decimal text without trailing zeros, exact if the value terminates within 18 places, otherwise
  /// rounded to 18: 1/100000 is `0.00001`.
  package var plainText: String { plainText(places: ExactDecimal.maximumScale) }

  /// Returns decimal text of at most `places` digits after the dot (0 to 18), rounded to the nearest,
  /// without trailing zeros: `12.5`.
  package func plainText(places: Int) -> String {
    let (isNegative, whole, digits) = self.digits(places: places, .toNearest)
    var (fraction, places) = (digits, places)
    while places > 0, fraction % 10 == 0 {
      fraction /= 10
      places -= 1
    }
    return Self.text(isNegative, whole, fraction, places: places)
  }
}

extension Fraction: CustomStringConvertible {
  package var description: String { plainText }
}
