import FXCore

extension HTTPHeader {
  /// Whether it can stand in a message: the name a token (RFC 9110 section 5.6.2), the value one
  /// line of text.
  ///
  /// Anything else could smuggle a further line in.
  var isWellFormed: Bool {
    !name.isEmpty && name.utf8.allSatisfy(Self.isTokenByte)
      && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }
  }

  /// The name without what would spoil a line of a log.
  var printableName: String {
    String(
      String.UnicodeScalarView(name.unicodeScalars.filter { (0x21...0x7e).contains($0.value) }))
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default:
      "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
