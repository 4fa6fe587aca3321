/// A currency by its ISO 4217 alpha-3 code: three capital ASCII letters.
///
/// Any three letters make a code; whether ISO 4217 lists it, and since when it no longer does, is
/// asked of `CurrencyRegistry`. Three bytes, compared in alphabetical order.
package struct Currency: Hashable, Comparable, Sendable {
  /// The letters, 5 bits each; order is that of the text.
  private let packed: UInt16

  /// Reads a code of exactly three capital ASCII letters; nil for anything else.
  package init?(_ code: some StringProtocol) {
    var packed: UInt16 = 0
    var count = 0
    for byte in code.utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte), count < 3 else { return nil }
      packed = packed << 5 | UInt16(byte - UInt8(ascii: "A"))
      count += 1
    }
    guard count == 3 else { return nil }
    self.packed = packed
  }

  /// The three letters.
  package var code: String {
    String(
      decoding: [10, 5, 0].map { UInt8(ascii: "A") + UInt8(packed >> $0 & 31) }, as: UTF8.self)
  }

  package static func < (left: Currency, right: Currency) -> Bool { left.packed < right.packed }
}

extension Currency: CustomStringConvertible {
  package var description: String { code }
}
