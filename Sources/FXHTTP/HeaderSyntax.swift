import FXCore

extension HTTPHeader {
  /// Indicates whether the header is valid: the name is a token (RFC 9110 section 5.6.2), the value
  /// one line of text.
  ///
  /// Anything else could inject another line.
  var isWellFormed: Bool {
    !name.isEmpty && Self.all(name, Self.isTokenByte)
      && Self.all(value) { ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }
  }

  /// Returns true if a condition holds for all bytes of a text, which is usually contiguous.
  private static func all(_ text: String, _ isAllowed: (UInt8) -> Bool) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isAllowed) }
      ?? text.utf8.allSatisfy(isAllowed)
  }

  /// The name without characters that are not printable ASCII, for messages.
  var printableName: String {
    String(
      String.UnicodeScalarView(name.unicodeScalars.filter { (0x21...0x7e).contains($0.value) }))
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
      true
    default:
      "!#$%&'*+.^_`|~".utf8.contains(byte)
    }
  }
}
