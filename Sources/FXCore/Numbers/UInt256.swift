/// An unsigned integer of 256 bits.
///
/// Holds the parts of a fraction between an operation and the rounding back to 120 bits. `Int256` is
/// the same bits in two's complement.
struct UInt256: Hashable, Comparable, Sendable {
  let high: UInt128
  let low: UInt128

  init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  /// The full product of two integers.
  init(_ left: UInt128, times right: UInt128) {
    let product = left.multipliedFullWidth(by: right)
    self.init(high: product.high, low: product.low)
  }

  /// The full product of 128 by 64 bits.
  init(_ value: UInt128, times factor: UInt64) {
    let lower = UInt64(truncatingIfNeeded: value).multipliedFullWidth(by: factor)
    let upper = UInt64(truncatingIfNeeded: value >> 64).multipliedFullWidth(by: factor)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    self.init(
      high: UInt128(upper.high) &+ (carry ? 1 : 0), low: UInt128(middle) << 64 | UInt128(lower.low))
  }

  /// The number of bits of the value; 0 for zero.
  var bitCount: Int {
    high == 0 ? 128 - low.leadingZeroBitCount : 256 - high.leadingZeroBitCount
  }

  /// The sum modulo 2^256.
  static func + (left: UInt256, right: UInt256) -> UInt256 {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return UInt256(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference modulo 2^256.
  static func - (left: UInt256, right: UInt256) -> UInt256 {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return UInt256(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }

  static func < (left: UInt256, right: UInt256) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// Divides by 2^`places`; the quotient must fit 128 bits.
  ///
  /// `droppedBits` is true if the quotient is not exact.
  func shifted(right places: Int) -> (quotient: UInt128, droppedBits: Bool) {
    if places >= 128 {
      return (
        high >> (places - 128), low != 0 || high & ((1 << (places - 128)) - 1) != 0
      )
    }
    return (low >> places | high << (128 - places), low & ((1 << places) - 1) != 0)
  }

  /// Divides by 2^`places`, rounding away from zero if `roundingUp`, towards zero otherwise.
  ///
  /// The quotient must fit 127 bits: the caller derives `places` from `bitCount`.
  func shifted(right places: Int, roundingUp: Bool) -> Int128 {
    let (quotient, droppedBits) = shifted(right: places)
    return Int128(quotient) + (roundingUp && droppedBits ? 1 : 0)
  }
}
