/// A signed integer of 256 bits: what sums of squares need.
struct Int256: Hashable, Sendable {
  private let high: Int128
  private let low: UInt128

  static let zero = Int256(high: 0, low: 0)

  private init(high: Int128, low: UInt128) {
    self.high = high
    self.low = low
  }

  /// The whole product of two integers.
  init(_ left: Int128, times right: Int128) {
    if let left = left.short, let right = right.short {
      let product = Int128(left) &* Int128(right)
      self.init(high: product >> 127, low: UInt128(truncatingIfNeeded: product))
      return
    }
    let product = left.multipliedFullWidth(by: right)
    self.init(high: product.high, low: product.low)
  }

  /// The whole product with a factor that is not negative.
  init(_ value: UInt128, times factor: Int64) {
    let lower = UInt64(truncatingIfNeeded: value).multipliedFullWidth(by: factor.magnitude)
    let upper = UInt64(truncatingIfNeeded: value >> 64).multipliedFullWidth(by: factor.magnitude)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    self.init(
      high: Int128(upper.high) + (carry ? 1 : 0), low: UInt128(middle) << 64 | UInt128(lower.low))
  }

  var isNegative: Bool { high < 0 }

  /// How many bits a value that is not negative needs.
  var bitCount: Int {
    high == 0 ? 128 - low.leadingZeroBitCount : 256 - high.leadingZeroBitCount
  }

  /// The sum, which the caller knows to fit.
  static func + (left: Int256, right: Int256) -> Int256 {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return Int256(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference, which the caller knows to fit.
  static func - (left: Int256, right: Int256) -> Int256 {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return Int256(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }

  /// The product with a positive factor; nil where it does not fit.
  func multiplied(by factor: Int64) -> Int256? {
    let lower = Int256(low, times: factor)
    guard let upper = high.product(with: Int128(factor)) else { return nil }
    let (sum, overflow) = upper.addingReportingOverflow(lower.high)
    return overflow ? nil : Int256(high: sum, low: lower.low)
  }

  /// The square root of a value that is not negative, times 2^`places`, rounded down and up; nil
  /// beyond 127 bits.
  ///
  /// Its leading 60 bits are right; with fewer, all are.
  func squareRoot(places: Int) -> (low: Int128, high: Int128)? {
    // The value as a leading part of at most 120 bits, times a power of four.
    let bits = bitCount + 2 * places
    let cut = max(0, (bits - 119) / 2)
    let shift = 2 * (places - cut)
    let leading = shift >= 0 ? (low << shift, false) : shifted(right: -shift)
    let floor = Self.root(of: leading.0)
    let isExact = !leading.1 && floor * floor == leading.0
    guard 128 - floor.leadingZeroBitCount + cut < 126 else { return nil }
    return (Int128(floor) << cut, Int128(floor + (isExact ? 0 : 1)) << cut)
  }

  /// The value divided by 2^`places`, which fits 128 bits, and whether anything is lost.
  func shifted(right places: Int) -> (UInt128, droppedBits: Bool) {
    if places >= 128 {
      let top = UInt128(truncatingIfNeeded: high)
      return (top >> (places - 128), low != 0 || top & ((1 << (places - 128)) - 1) != 0)
    }
    return (
      low >> places | UInt128(truncatingIfNeeded: high) << (128 - places),
      low & ((1 << places) - 1) != 0
    )
  }

  /// The integer square root, by Newton's method from above.
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
