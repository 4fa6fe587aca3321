/// An unsigned integer of 256 bits: what the parts of a fraction come to between an operation and
/// the rounding back to 120 bits.
struct UInt256: Comparable {
  private let high: UInt128
  private let low: UInt128

  private init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  /// The whole product of two magnitudes.
  init(_ left: UInt128, times right: UInt128) {
    let product = left.multipliedFullWidth(by: right)
    self.init(high: product.high, low: product.low)
  }

  /// How many bits the value needs; 0 for zero.
  var bitCount: Int {
    high == 0 ? 128 - low.leadingZeroBitCount : 256 - high.leadingZeroBitCount
  }

  /// The sum of two values of at most 255 bits.
  static func + (left: UInt256, right: UInt256) -> UInt256 {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return UInt256(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference; `right` is at most `left`.
  static func - (left: UInt256, right: UInt256) -> UInt256 {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return UInt256(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }

  static func < (left: UInt256, right: UInt256) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The value divided by 2^`places`, rounded away from zero where asked and towards it otherwise.
  ///
  /// The quotient has at most 127 bits: the caller derives `places` from `bitCount`.
  func shifted(right places: Int, roundingUp: Bool) -> Int128 {
    let quotient =
      places >= 128 ? high >> (places - 128) : low >> places | high << (128 - places)
    let droppedBits = high == 0 && low == 0 ? false : trailingZeroBitCount < places
    return Int128(quotient) + (roundingUp && droppedBits ? 1 : 0)
  }

  private var trailingZeroBitCount: Int {
    low == 0 ? 128 + high.trailingZeroBitCount : low.trailingZeroBitCount
  }
}
