/// Detects the charset of a body: from its byte-order mark, then its `Content-Type`, then the
/// document's own declaration (XML declaration, meta element); the default is UTF-8.
enum CharsetDetection {
  /// The bytes at the start of a document that may name its charset (WHATWG HTML, "prescan").
  private static let prescanBytes = 1024

  /// The length in bytes within which a label ends, white space and quotes before it included.
  private static let longestLabel = 64

  /// Decodes a body to UTF-8.
  ///
  /// A charset from the source's settings takes precedence over all but a byte-order mark. A strict
  /// reading throws for invalid bytes and for an unknown charset.
  static func decode(
    _ body: [UInt8], contentType: String?, declared: Charset? = nil,
    _ strictness: Charset.Strictness
  ) throws(ParseError) -> [UInt8] {
    try charset(of: body, contentType: contentType, declared: declared, strictness)
      .decode(body, strictness)
  }

  /// Returns the charset of a body; see `decode`.
  static func charset(
    of body: [UInt8], contentType: String?, declared: Charset? = nil,
    _ strictness: Charset.Strictness
  ) throws(ParseError) -> Charset {
    if body.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if body.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if body.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    if let declared { return declared }
    // UTF-16 without a byte-order mark: every other byte is zero.
    let units = body.prefix(4)
    if units.count == 4 {
      let zeros = units.map { $0 == 0 }
      if zeros == [false, true, false, true] { return .utf16LittleEndian }
      if zeros == [true, false, true, false] { return .utf16BigEndian }
    }
    if let label = contentType.flatMap({ self.label(after: "charset", in: Array($0.utf8)[...]) }) {
      if let charset = Charset(label: label) { return charset }
      if strictness == .strict {
        throw ParseError(
          "unknown charset \(QuotedText.quoted(label)) in the Content-Type")
      }
    }
    var head = body.drop { $0 <= 0x20 }.prefix(prescanBytes)
    guard head.first == UInt8(ascii: "<") else { return .utf8 }
    let isXML = head.starts(with: "<?xml".utf8)
    if isXML, let end = head.firstIndex(of: UInt8(ascii: ">")) { head = head[..<end] }
    guard let label = label(after: isXML ? "encoding" : "charset", in: head) else { return .utf8 }
    if let charset = Charset(label: label) {
      // A label that was read as bytes is in no 16-bit charset.
      return charset == .utf16LittleEndian || charset == .utf16BigEndian ? .utf8 : charset
    }
    if strictness == .strict, isXML {
      throw ParseError(
        "unknown charset \(QuotedText.quoted(label)) in the XML declaration")
    }
    return .utf8
  }

  /// The value of `name=value` or `name="value"`.
  private static func label(after name: String, in bytes: ArraySlice<UInt8>) -> String? {
    guard let found = ByteSearch.firstRange(of: name, in: bytes) else { return nil }
    let text = String(decoding: bytes[found.upperBound...].prefix(longestLabel), as: UTF8.self)
    let rest = text.drop { $0 == " " }
    guard rest.first == "=" else { return nil }
    let value = rest.dropFirst().drop { $0 == " " || $0 == "\"" || $0 == "'" }
    let label = value.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    return label.isEmpty ? nil : String(label)
  }
}
