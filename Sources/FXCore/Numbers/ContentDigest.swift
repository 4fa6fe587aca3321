/// A digest of content, from which identifiers are made: 128 bits of `ContentHasher`.
package struct ContentDigest: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  /// The digest of no content.
  package static let none = ContentDigest(high: 0, low: 0)

  /// A digest of its two halves.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Parses the 32 hexadecimal digits of `text`; nil for anything else.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for digit in digits {
      let value: UInt64
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
      halves = (halves.0 << 4 | halves.1 >> 60, halves.1 << 4 | value)
    }
    self.init(high: halves.0, low: halves.1)
  }

  /// The 32 hexadecimal digits.
  package var text: String { hexadecimal(digits: 32) }

  /// The first digits of it, in hexadecimal.
  package func hexadecimal(digits count: Int) -> String {
    String(unsafeUninitializedCapacity: count) { bytes in
      var rest = high
      for index in 0..<count {
        if index == 16 { rest = low }
        let value = UInt8(truncatingIfNeeded: rest >> 60)
        bytes[index] = value &+ (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
        rest &<<= 4
      }
      return count
    }
  }
}
