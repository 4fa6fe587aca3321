/// The escapes of JSON strings, for what JSON requires and for what must not reach a terminal, a log or
/// a page as it is: the same text to every JSON parser, and inert to everything else.
///
/// Escaped are the quote and the backslash; all controls, those from U+0080 included; line and
/// paragraph separators; the marks and controls of bidirectional text; and format characters that are
/// invisible, except the joiners that Persian and emoji need.
enum JSONEscapes {
  /// Returns true if a text in UTF-8 may contain a character to be escaped; false in the usual case.
  static func areNeeded(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in text.indices where isCandidate(at: index, in: text) { return true }
    return false
  }

  /// Appends a text in UTF-8, escaped where necessary.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    // The bytes from `start` to `index` are appended as they are.
    var (start, index) = (0, 0)
    while index < text.count {
      guard isCandidate(at: index, in: text), let found = escaped(at: index, in: text) else {
        index += 1
        continue
      }
      bytes.append(contentsOf: text[start..<index])
      writeEscape(of: found.scalar, to: &bytes)
      index += found.length
      start = index
    }
    bytes.append(contentsOf: text[start..<index])
  }

  /// Indicates whether a character to be escaped may begin at an index: true for all of them, and for
  /// few others.
  @inline(__always)
  private static func isCandidate(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let byte = text[index]
    if byte < 0x80 {
      return byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        || byte == 0x7F
    }
    let next = index + 1 < text.count ? text[index + 1] : 0
    return switch byte {
    case 0xC2: next < 0xA0  // U+0080 to U+009F
    case 0xD8: next == 0x9C  // U+0600 to U+061F
    case 0xE2: next < 0x82  // U+2000 to U+207F
    case 0xEF: next == 0xBB || next == 0xBF  // U+FEC0 to U+FEFF, U+FFC0 to U+FFFF
    case 0xF3: next == 0xA0  // U+E0000 to U+E0FFF
    default: false
    }
  }

  /// Returns the character to be escaped at an index, and its length in bytes; nil for any other one.
  private static func escaped(
    at index: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let byte = text[index]
    if byte < 0x80 { return (Unicode.Scalar(byte), 1) }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    guard index + length <= text.count,
      let scalar = String(decoding: text[index..<index + length], as: UTF8.self)
        .unicodeScalars.first, isHarmful(scalar.value)
    else { return nil }
    return (scalar, length)
  }

  private static func isHarmful(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func writeEscape(of scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes.append(contentsOf: #"\""#.utf8)
    case "\\": bytes.append(contentsOf: #"\\"#.utf8)
    case "\n": bytes.append(contentsOf: #"\n"#.utf8)
    case "\r": bytes.append(contentsOf: #"\r"#.utf8)
    case "\t": bytes.append(contentsOf: #"\t"#.utf8)
    default: for unit in UTF16.encode(scalar) ?? .init() { writeEscape(of: unit, to: &bytes) }
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
