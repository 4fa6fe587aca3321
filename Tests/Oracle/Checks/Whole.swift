/// An integer without limit, as plain as possible: short ones are machine integers, long ones arrays.
enum Whole: Hashable {
  case short(Int128)
  /// Digits of 32 bits, least significant first, without leading zeros; more than a short one holds.
  case long(isNegative: Bool, digits: [UInt32])

  static let zero = Whole.short(0)
  static let one = Whole.short(1)

  init(_ value: Int64) { self = .short(Int128(value)) }

  private init(isNegative: Bool, digits: [UInt32]) {
    var trimmed = digits
    while trimmed.last == 0 { trimmed.removeLast() }
    if trimmed.count < 4 || trimmed.count == 4 && trimmed[3] < 1 << 31 {
      let magnitude = trimmed.reversed().reduce(Int128(0)) { $0 << 32 | Int128($1) }
      self = .short(isNegative ? -magnitude : magnitude)
    } else {
      self = .long(isNegative: isNegative, digits: trimmed)
    }
  }

  var isNegative: Bool {
    switch self {
    case .short(let value): value < 0
    case .long(let isNegative, _): isNegative
    }
  }

  var magnitude: Whole { isNegative ? -self : self }

  private var digits: [UInt32] {
    switch self {
    case .long(_, let digits): return digits
    case .short(let value):
      var rest = value.magnitude
      var digits: [UInt32] = []
      while rest > 0 {
        digits.append(UInt32(truncatingIfNeeded: rest))
        rest >>= 32
      }
      return digits
    }
  }

  /// The number of bits of the magnitude.
  var bitWidth: Int {
    switch self {
    case .short(let value): 128 - value.magnitude.leadingZeroBitCount
    case .long(_, let digits):
      digits.count * 32 - (digits.last?.leadingZeroBitCount ?? 0)
    }
  }

  static prefix func - (value: Whole) -> Whole {
    switch value {
    case .short(let short): .short(-short)
    case .long(let isNegative, let digits): .long(isNegative: !isNegative, digits: digits)
    }
  }

  static func + (left: Whole, right: Whole) -> Whole {
    if case .short(let one) = left, case .short(let other) = right {
      let (sum, overflows) = one.addingReportingOverflow(other)
      if !overflows, sum != Int128.min { return .short(sum) }
    }
    let (a, b) = (left.digits, right.digits)
    if left.isNegative == right.isNegative {
      return Whole(isNegative: left.isNegative, digits: sum(a, b))
    }
    return isBelow(a, b)
      ? Whole(isNegative: right.isNegative, digits: difference(b, a))
      : Whole(isNegative: left.isNegative, digits: difference(a, b))
  }

  static func - (left: Whole, right: Whole) -> Whole { left + -right }

  static func * (left: Whole, right: Whole) -> Whole {
    if case .short(let one) = left, case .short(let other) = right {
      let (product, overflows) = one.multipliedReportingOverflow(by: other)
      if !overflows, product != Int128.min { return .short(product) }
    }
    let (a, b) = (left.digits, right.digits)
    var product = [UInt32](repeating: 0, count: a.count + b.count + 1)
    for (place, digit) in a.enumerated() {
      var carry: UInt64 = 0
      for (offset, other) in b.enumerated() {
        let total = UInt64(digit) * UInt64(other) + UInt64(product[place + offset]) + carry
        product[place + offset] = UInt32(truncatingIfNeeded: total)
        carry = total >> 32
      }
      product[place + b.count] = UInt32(carry)
    }
    return Whole(isNegative: left.isNegative != right.isNegative, digits: product)
  }

  /// Returns the quotient rounded towards minus infinity; `divisor` must be positive.
  func flooredQuotient(by divisor: Whole) -> Whole {
    if case .short(let value) = self, case .short(let other) = divisor {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: other)
      return .short(rest < 0 ? quotient - 1 : quotient)
    }
    // Bit by bit, from the highest.
    var rest = magnitude
    var quotient = Whole.zero
    for bit in stride(from: max(0, rest.bitWidth - divisor.bitWidth), through: 0, by: -1) {
      let shifted = divisor * Whole.power(of: 2, bit)
      guard shifted <= rest else { continue }
      rest = rest - shifted
      quotient = quotient + Whole.power(of: 2, bit)
    }
    guard isNegative else { return quotient }
    return rest == .zero ? -quotient : -quotient - .one
  }

  /// The largest whole number whose square is not larger; for one that is not negative.
  var squareRoot: Whole {
    var root = Whole.zero
    for bit in stride(from: (bitWidth + 1) / 2, through: 0, by: -1) {
      let larger = root + Whole.power(of: 2, bit)
      if larger * larger <= self { root = larger }
    }
    return root
  }

  static func power(of base: Int64, _ exponent: Int) -> Whole {
    (0..<exponent / 16).reduce(Whole((0..<exponent % 16).reduce(1) { one, _ in one * base })) {
      product, _ in product * Whole((0..<16).reduce(1) { one, _ in one * base })
    }
  }

  // MARK: Digits

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var carry: UInt64 = 0
    return (0...max(a.count, b.count)).map { place in
      let total = UInt64(digit(a, place)) + UInt64(digit(b, place)) + carry
      carry = total >> 32
      return UInt32(truncatingIfNeeded: total)
    }
  }

  private static func difference(_ larger: [UInt32], _ smaller: [UInt32]) -> [UInt32] {
    var borrow: Int64 = 0
    return larger.indices.map { place in
      let total = Int64(larger[place]) - Int64(digit(smaller, place)) - borrow
      borrow = total < 0 ? 1 : 0
      return UInt32(truncatingIfNeeded: total)
    }
  }

  private static func digit(_ digits: [UInt32], _ place: Int) -> UInt32 {
    place < digits.count ? digits[place] : 0
  }

  private static func isBelow(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    guard a.count == b.count else { return a.count < b.count }
    for place in a.indices.reversed() where a[place] != b[place] { return a[place] < b[place] }
    return false
  }
}

extension Whole: Comparable {
  static func < (left: Whole, right: Whole) -> Bool {
    if case .short(let one) = left, case .short(let other) = right { return one < other }
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative
      ? isBelow(right.digits, left.digits) : isBelow(left.digits, right.digits)
  }
}
