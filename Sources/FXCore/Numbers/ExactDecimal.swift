/// A decimal number exactly as printed: an integer coefficient and a scale, which keeps trailing zeros
/// and with them the publisher's precision.
///
/// The value is `coefficient` × 10^-`scale`. Two decimals are equal when their values are equal
/// (`0.10` == `0.1`); the text of each keeps its own zeros. A number of more than 18 digits, or with a
/// scale above 18, cannot be represented: readers reject it and never round.
package struct ExactDecimal: Sendable {
  /// The most digits a coefficient may have; 10^18 - 1 fits an `Int64` with room for a sign.
  package static let maximumDigits = 18

  /// The largest scale; two coefficients can then always be compared exactly in 128 bits.
  package static let maximumScale = 18

  /// The digits without their decimal point, signed.
  package let coefficient: Int64

  /// The number of digits after the decimal point, 0 to 18.
  package var scale: Int { Int(places) }

  /// The scale in one byte, because histories hold many numbers.
  private let places: UInt8

  /// Makes a decimal from its parts; nil if it has more than 18 digits or its scale is not 0 to 18.
  package init?(coefficient: Int64, scale: Int) {
    guard (0...Self.maximumScale).contains(scale) else { return nil }
    guard coefficient.magnitude < 1_000_000_000_000_000_000 else { return nil }
    self.coefficient = coefficient
    places = UInt8(scale)
  }

  /// Makes a whole number of at most 9 digits.
  package init(_ whole: Int32) {
    self.coefficient = Int64(whole)
    places = 0
  }

  /// Parses plain decimal text: an optional sign, ASCII digits, at most one dot between them.
  ///
  /// Nil for anything else: the readers handle grouped digits, commas and exponents.
  package init?(_ text: some StringProtocol) { self.init(characters: text.utf8) }

  /// The same for a `String`, so that the compiler specializes the most frequent case.
  package init?(_ text: String) { self.init(characters: text.utf8) }

  private init?(characters: some Sequence<UInt8>) {
    var coefficient: Int64 = 0
    var digits = 0
    var scale = 0
    var seenDot = false
    var seenSign = false
    var negative = false
    var lastWasDigit = false
    for byte in characters {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if coefficient != 0 || byte != UInt8(ascii: "0") { digits += 1 }
        guard digits <= Self.maximumDigits else { return nil }
        coefficient = coefficient * 10 + Int64(byte - UInt8(ascii: "0"))
        if seenDot { scale += 1 }
        guard scale <= Self.maximumScale else { return nil }
        lastWasDigit = true
      case UInt8(ascii: "."):
        guard !seenDot, lastWasDigit else { return nil }
        seenDot = true
        lastWasDigit = false
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        guard !seenSign, !seenDot, !lastWasDigit else { return nil }
        seenSign = true
        negative = byte == UInt8(ascii: "-")
      default:
        return nil
      }
    }
    guard lastWasDigit else { return nil }
    self.coefficient = negative ? -coefficient : coefficient
    places = UInt8(scale)
  }

  /// Indicates whether the value is exactly zero.
  package var isZero: Bool { coefficient == 0 }

  /// Indicates whether the value is below zero.
  package var isNegative: Bool { coefficient < 0 }

  /// Returns the exact value divided by 10^`places`; a negative count multiplies.
  ///
  /// Nil if the result has more than 18 digits or a scale above 18. Any count of places is safe.
  package func shifted(right places: Int) -> ExactDecimal? {
    if places >= 0 {
      guard places <= Self.maximumScale else { return nil }
      return ExactDecimal(coefficient: coefficient, scale: scale + places)
    }
    guard !isZero else { return ExactDecimal(coefficient: 0, scale: max(0, scale &+ places)) }
    guard places >= -(Self.maximumScale + Self.maximumDigits) else { return nil }
    let taken = min(scale, -places)
    let grown = Int128(coefficient) * Self.powerOfTen(-places - taken)
    return Int64(exactly: grown).flatMap { ExactDecimal(coefficient: $0, scale: scale - taken) }
  }

  /// Returns 10 to the power `exponent`, for exponents of 0 to 38.
  package static func powerOfTen(_ exponent: Int) -> Int128 {
    precondition((0...38).contains(exponent), "10^\(exponent) does not fit 128 bits")
    return exponent < shortPowersOfTen.count
      ? Int128(shortPowersOfTen[exponent]) : powersOfTen[exponent]
  }

  /// Returns 10 to the power `exponent`, for exponents of 0 to 18.
  static func shortPowerOfTen(_ exponent: Int) -> Int64 { shortPowersOfTen[exponent] }

  /// The powers that fit 64 bits.
  private static let shortPowersOfTen: [Int64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000,
  ]

  private static let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 0..<38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()
}

extension ExactDecimal: Comparable {
  package static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (left, right) = aligned(left, right)
    return left == right
  }

  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (left, right) = aligned(left, right)
    return left < right
  }

  /// Returns the coefficients at the finer of the two scales; at most 10^36, so they always fit.
  static func aligned(_ one: ExactDecimal, _ other: ExactDecimal) -> (Int128, Int128) {
    let (left, right) = (Int128(one.coefficient), Int128(other.coefficient))
    guard one.scale != other.scale else { return (left, right) }
    return one.scale < other.scale
      ? (left * powerOfTen(other.scale - one.scale), right)
      : (left, right * powerOfTen(one.scale - other.scale))
  }
}

extension ExactDecimal: Hashable {
  package func hash(into hasher: inout Hasher) {
    var reduced = coefficient
    var places = scale
    while places > 0, reduced % 10 == 0 {
      reduced /= 10
      places -= 1
    }
    hasher.combine(reduced)
    hasher.combine(places)
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// Plain decimal text with every digit of the scale: coefficient 4200, scale 2 is `42.00`.
  package var description: String {
    String(asciiCapacity: 24) { text in
      let power = UInt64(Self.powerOfTen(scale))
      if coefficient < 0 { text.write(UInt8(ascii: "-")) }
      text.write(coefficient.magnitude / power)
      guard scale > 0 else { return }
      text.write(UInt8(ascii: "."))
      text.write(coefficient.magnitude % power, width: scale)
    }
  }
}
