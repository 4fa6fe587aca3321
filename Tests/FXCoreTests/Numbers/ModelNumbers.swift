import FXCore

/// Random numbers that are the same on every run (SplitMix64, Steele, Lea and Flood 2014).
struct ModelNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A magnitude of a random number of bits, so that small and large ones are alike frequent.
  mutating func magnitude(bits: ClosedRange<Int>) -> Int128 {
    let count = Int.random(in: bits, using: &self)
    let whole = Int128(truncatingIfNeeded: next()) << 64 | Int128(next())
    return count == 0 ? 0 : Int128((whole.magnitude | 1 << 127) >> (128 - count))
  }

  /// A fraction whose parts have up to so many bits.
  mutating func fraction(bits: Int, signed: Bool = true) -> Fraction {
    let top = magnitude(bits: 0...bits)
    return Fraction(
      numerator: signed && Bool.random(using: &self) ? -top : top,
      denominator: magnitude(bits: 1...bits))
  }
}

/// An integer without limit, slow and plain: what exact arithmetic is checked against.
struct ReferenceInteger: Comparable {
  /// 16 bits each, least significant first, without leading zeros.
  private var digits: [UInt32]
  private var isNegative: Bool

  init(_ value: Int128) {
    var rest = value.magnitude
    digits = []
    while rest > 0 {
      digits.append(UInt32(rest & 0xFFFF))
      rest >>= 16
    }
    isNegative = value < 0
  }

  private init(digits: [UInt32], isNegative: Bool) {
    var trimmed = digits
    while trimmed.last == 0 { trimmed.removeLast() }
    self.digits = trimmed
    self.isNegative = isNegative && !trimmed.isEmpty
  }

  static func * (left: Self, right: Self) -> Self {
    var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count + 1)
    for (place, digit) in left.digits.enumerated() {
      var carry: UInt32 = 0
      for (offset, other) in right.digits.enumerated() {
        let sum = digit * other + product[place + offset] + carry
        product[place + offset] = sum & 0xFFFF
        carry = sum >> 16
      }
      product[place + right.digits.count] += carry
    }
    return Self(digits: product, isNegative: left.isNegative != right.isNegative)
  }

  static func + (left: Self, right: Self) -> Self {
    if left.isNegative == right.isNegative {
      var sum: [UInt32] = []
      var carry: UInt32 = 0
      for place in 0...max(left.digits.count, right.digits.count) {
        let total = left.digit(place) + right.digit(place) + carry
        sum.append(total & 0xFFFF)
        carry = total >> 16
      }
      return Self(digits: sum, isNegative: left.isNegative)
    }
    let (larger, smaller) =
      left.compareMagnitude(right) >= 0 ? (left, right) : (right, left)
    var difference: [UInt32] = []
    var borrow: UInt32 = 0
    for place in 0..<larger.digits.count {
      let total = 0x10000 + larger.digit(place) - smaller.digit(place) - borrow
      difference.append(total & 0xFFFF)
      borrow = total >> 16 == 0 ? 1 : 0
    }
    return Self(digits: difference, isNegative: larger.isNegative)
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = left.compareMagnitude(right)
    return left.isNegative ? order > 0 : order < 0
  }

  private func digit(_ place: Int) -> UInt32 { place < digits.count ? digits[place] : 0 }

  private func compareMagnitude(_ other: Self) -> Int {
    for place in stride(from: max(digits.count, other.digits.count) - 1, through: 0, by: -1)
    where digit(place) != other.digit(place) {
      return digit(place) < other.digit(place) ? -1 : 1
    }
    return 0
  }
}
