/// The escapes of JSON strings, for what JSON requires and for what must not reach a terminal, a log or
/// a page as it is: the same text to every JSON parser, and inert to everything else.
///
/// Escaped are the quote and the backslash; all controls, those from U+0080 included; line and
/// paragraph separators; the marks and controls of bidirectional text; and format characters that are
/// invisible, except the joiners that Persian and emoji need.
enum JSONEscapes {
  /// Returns true if a text in UTF-8 may contain a character to be escaped; false in the usual case.
  @inline(__always)
  static func areNeeded(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.contains { byte in
      byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        || byte >= 0x7F && (byte == 0x7F || isLead(byte))
    }
  }

  /// Appends a text in UTF-8, escaped where necessary.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x80, isLead(byte) {
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        if index + length <= text.count, writeScalar(text[index..<index + length], to: &bytes) {
          index += length
          continue
        }
      }
      writeByte(byte, to: &bytes)
      index += 1
    }
  }

  /// The first bytes of the characters to be escaped: U+0080 to U+009F, U+061C, U+2000 to U+2FFF,
  /// U+F000 to U+FFFF and U+E0000 to U+FFFFF.
  @inline(__always)
  private static func isLead(_ byte: UInt8) -> Bool {
    byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF || byte == 0xF3
  }

  /// Appends the escape of a character outside of ASCII; false if it is not escaped.
  private static func writeScalar(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, to bytes: inout [UInt8]
  ) -> Bool {
    guard let scalar = String(decoding: text, as: UTF8.self).unicodeScalars.first,
      isHarmful(scalar.value)
    else { return false }
    for unit in UTF16.encode(scalar) ?? .init() { writeEscape(of: unit, to: &bytes) }
    return true
  }

  private static func isHarmful(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func writeByte(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
    case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
    case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
    case 0..<0x20, 0x7F: writeEscape(of: UInt16(byte), to: &bytes)
    default: bytes.append(byte)
    }
  }

  /// Appends `\u009b` for a code unit.
  private static func writeEscape(of unit: UInt16, to bytes: inout [UInt8]) {
    let digits = String(unit, radix: 16)
    bytes.append(contentsOf: #"\u"#.utf8)
    bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
    bytes.append(contentsOf: digits.utf8)
  }
}
