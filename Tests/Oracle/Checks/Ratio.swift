/// A fraction without limit: all arithmetic is exact.
struct Ratio: Comparable {
  let numerator: Whole

  /// Always positive.
  let denominator: Whole

  static let zero = Ratio(0)
  static let one = Ratio(1)

  init(_ value: Int64) { (numerator, denominator) = (Whole(value), .one) }

  init(_ numerator: Whole, over denominator: Whole) {
    let isTurned = denominator.isNegative
    let (top, bottom) = isTurned ? (-numerator, -denominator) : (numerator, denominator)
    guard case .short(let a) = top, case .short(let b) = bottom,
      a.magnitude >= 1 << 40 || b >= 1 << 40
    else {
      (self.numerator, self.denominator) = (top, bottom)
      return
    }
    let divisor = Self.commonDivisor(a.magnitude, b.magnitude)
    self.numerator = .short(a / Int128(divisor))
    self.denominator = .short(b / Int128(divisor))
  }

  /// The value of a decimal such as `-1.25`; nil for any other text.
  init?(decimal text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let digits = Int64(parts.joined()) else { return nil }
    let places = parts.count == 2 ? parts[1].count : 0
    self.init(Whole(digits), over: .power(of: 10, places))
  }

  var isNegative: Bool { numerator.isNegative }
  var isZero: Bool { numerator == .zero }
  var magnitude: Ratio { isNegative ? -self : self }

  static prefix func - (value: Ratio) -> Ratio {
    Ratio(-value.numerator, over: value.denominator)
  }

  static func + (left: Ratio, right: Ratio) -> Ratio {
    left.denominator == right.denominator
      ? Ratio(left.numerator + right.numerator, over: left.denominator)
      : Ratio(
        left.numerator * right.denominator + right.numerator * left.denominator,
        over: left.denominator * right.denominator)
  }

  static func - (left: Ratio, right: Ratio) -> Ratio { left + -right }

  static func * (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.numerator, over: left.denominator * right.denominator)
  }

  /// The divisor must not be zero.
  static func / (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.denominator, over: left.denominator * right.numerator)
  }

  static func == (left: Ratio, right: Ratio) -> Bool {
    left.numerator * right.denominator == right.numerator * left.denominator
  }

  static func < (left: Ratio, right: Ratio) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// Bounds of the square root of a value that is not negative, within 2^-80 or equal.
  var squareRoot: (low: Ratio, high: Ratio) {
    // √(n/d) = √(n·d)/d
    let product = numerator * denominator
    let exact = product.squareRoot
    if exact * exact == product {
      return (Ratio(exact, over: denominator), Ratio(exact, over: denominator))
    }
    let scale = Whole.power(of: 2, 80)
    let root = (numerator * scale * scale).flooredQuotient(by: denominator).squareRoot
    return (Ratio(root, over: scale), Ratio(root + .one, over: scale))
  }

  /// The largest whole multiple of 1/100 that is not larger, as a number of hundredths.
  var flooredHundredths: Whole { (numerator * Whole(100)).flooredQuotient(by: denominator) }

  private static func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b > 0 {
      if a <= UInt64.max, b <= UInt64.max {
        var (short, other) = (UInt64(a), UInt64(b))
        while other > 0 { (short, other) = (other, short % other) }
        return UInt128(short)
      }
      (a, b) = (b, a % b)
    }
    return max(a, 1)
  }
}

extension Ratio: CustomStringConvertible {
  /// Twelve digits, for messages.
  var description: String {
    let digits = (numerator * .power(of: 10, 12)).flooredQuotient(by: denominator)
    guard case .short(let value) = digits else { return "a long number" }
    let text = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, 13 - text.count)) + text
    return (value < 0 ? "-" : "") + padded.dropLast(12) + "." + padded.suffix(12)
  }
}
