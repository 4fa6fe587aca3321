/// A signed integer of 256 bits, for sums of squares: a `UInt256` read as two's complement.
struct Int256: Hashable, Sendable {
  private let bits: UInt256

  static let zero = Int256(UInt256(high: 0, low: 0))

  private init(_ bits: UInt256) { self.bits = bits }

  /// The full product of two integers.
  init(_ left: Int128, times right: Int128) {
    if let left = left.short, let right = right.short {
      let product = Int128(left) &* Int128(right)
      self.init(high: product >> 127, low: UInt128(truncatingIfNeeded: product))
      return
    }
    let product = left.multipliedFullWidth(by: right)
    self.init(high: product.high, low: product.low)
  }

  /// The full product with a factor of 0 or more.
  init(_ value: UInt128, times factor: Int64) {
    self.init(UInt256(value, times: factor.magnitude))
  }

  private init(high: Int128, low: UInt128) {
    self.init(UInt256(high: UInt128(bitPattern: high), low: low))
  }

  private var high: Int128 { Int128(bitPattern: bits.high) }

  /// Indicates whether the value is below zero.
  var isNegative: Bool { high < 0 }

  /// The number of bits of a value of 0 or more.
  var bitCount: Int { bits.bitCount }

  /// The sum, which must fit.
  static func + (left: Int256, right: Int256) -> Int256 { Int256(left.bits + right.bits) }

  /// The difference, which must fit.
  static func - (left: Int256, right: Int256) -> Int256 { Int256(left.bits - right.bits) }

  /// Returns the product with a positive factor; nil if it does not fit.
  func multiplied(by factor: Int64) -> Int256? {
    let lower = Int256(bits.low, times: factor)
    guard let upper = high.product(with: Int128(factor)) else { return nil }
    let (sum, overflow) = upper.addingReportingOverflow(lower.high)
    return overflow ? nil : Int256(high: sum, low: lower.bits.low)
  }

  /// Divides a value of 0 or more by 2^`places`; the quotient must fit 128 bits.
  func shifted(right places: Int) -> (quotient: UInt128, droppedBits: Bool) {
    bits.shifted(right: places)
  }

  /// Returns the square root of a value of 0 or more, times 2^`places`, rounded down and up; nil if it
  /// needs more than 127 bits.
  ///
  /// The leading 60 bits are correct; if the root has fewer, it is exact.
  func squareRoot(places: Int) -> (low: Int128, high: Int128)? {
    // The value as a leading part of at most 120 bits, times a power of four.
    let cut = max(0, (bitCount + 2 * places - 119) / 2)
    let shift = 2 * (places - cut)
    let leading = shift >= 0 ? (bits.low << shift, false) : shifted(right: -shift)
    let floor = Self.root(of: leading.0)
    let isExact = !leading.1 && floor * floor == leading.0
    guard 128 - floor.leadingZeroBitCount + cut < 126 else { return nil }
    return (Int128(floor) << cut, Int128(floor + (isExact ? 0 : 1)) << cut)
  }

  /// Returns the integer square root, by Newton's method from above.
  private static func root(of value: UInt128) -> UInt128 {
    guard value > 0 else { return 0 }
    var root: UInt128 = 1 << ((129 - value.leadingZeroBitCount) / 2)
    while true {
      let next = (root + value / root) / 2
      if next >= root { return root }
      root = next
    }
  }
}
