/// A currency by its ISO 4217 alpha-3 code: three capital ASCII letters.
///
/// Any three letters are a valid code; `CurrencyRegistry` knows the codes that ISO 4217 lists.
/// Compared in alphabetical order.
package struct Currency: Hashable, Comparable, Sendable {
  /// The letters, 5 bits each, in the order of the text.
  private let packed: UInt16

  /// Reads a code of exactly three capital ASCII letters; nil for anything else.
  package init?(_ code: some StringProtocol) { self.init(letters: code.utf8) }

  /// Reads a code; specialized for `String`, the usual case.
  package init?(_ code: String) { self.init(letters: code.utf8) }

  private init?(letters: some Sequence<UInt8>) {
    var packed: UInt16 = 0
    var count = 0
    for byte in letters {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte), count < 3 else { return nil }
      packed = packed << 5 | UInt16(byte - UInt8(ascii: "A"))
      count += 1
    }
    guard count == 3 else { return nil }
    self.packed = packed
  }

  /// The three letters.
  package var code: String {
    String(unsafeUninitializedCapacity: 3) { letters in
      for place in 0..<3 { letters[place] = letter(place) }
      return 3
    }
  }

  /// The upper bound of `number`.
  static let numbers = 1 << 15

  /// The code as a number below `numbers`, in the order of the texts.
  var number: Int { Int(packed) }

  /// Returns the letter at a place from 0 to 2, in ASCII.
  func letter(_ place: Int) -> UInt8 {
    UInt8(ascii: "A") + UInt8(packed >> (10 - 5 * UInt16(place)) & 31)
  }

  package static func < (left: Currency, right: Currency) -> Bool { left.packed < right.packed }
}

extension Currency: CustomStringConvertible {
  package var description: String { code }
}
