import CLibXML2

/// A charset used by publishers; the raw value is its name in the C library.
package enum Charset: String, Hashable, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1250 = "CP1250"
  case windows1251 = "CP1251"
  case windows1252 = "CP1252"
  case windows1253 = "CP1253"
  case windows1254 = "CP1254"
  case windows1255 = "CP1255"
  case windows1256 = "CP1256"
  case windows1257 = "CP1257"
  case windows1258 = "CP1258"
  case thai = "CP874"
  case dosCyrillic = "CP866"
  case latin1 = "ISO-8859-1"
  case latin2 = "ISO-8859-2"
  case latin4 = "ISO-8859-4"
  case cyrillic = "ISO-8859-5"
  case arabic = "ISO-8859-6"
  case greek = "ISO-8859-7"
  case hebrew = "ISO-8859-8"
  case turkish = "ISO-8859-9"
  case latin7 = "ISO-8859-13"
  case latin9 = "ISO-8859-15"
  case latin10 = "ISO-8859-16"
  case koi8r = "KOI8-R"
  case koi8u = "KOI8-U"
  case shiftJIS = "CP932"
  case eucJP = "EUC-JP"
  case gb18030 = "GB18030"
  case big5 = "BIG5"
  case eucKR = "CP949"

  /// The charset of a label as in headers, XML declarations and meta elements; nil if it is unknown.
  package init?(label: some StringProtocol) {
    let plain = label.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    guard let charset = Self.labels[plain] else { return nil }
    self = charset
  }

  private static let labels: [String: Charset] = {
    var labels: [String: Charset] = [
      "utf8": .utf8, "usascii": .utf8, "ascii": .utf8, "utf16": .utf16LittleEndian,
      "utf16le": .utf16LittleEndian, "utf16be": .utf16BigEndian,
      "xcp1251": .windows1251, "latin1": .latin1, "latin2": .latin2, "latin5": .turkish,
      "koi8r": .koi8r, "koi8": .koi8r, "koi8u": .koi8u, "tis620": .thai, "windows874": .thai,
      "ibm866": .dosCyrillic, "iso88598i": .hebrew,
      "shiftjis": .shiftJIS, "sjis": .shiftJIS, "windows31j": .shiftJIS, "eucjp": .eucJP,
      "gb18030": .gb18030, "gbk": .gb18030, "gb2312": .gb18030, "big5": .big5,
      "euckr": .eucKR, "ksc56011987": .eucKR,
    ]
    for charset in allCases {
      // CP1251 is also windows-1251, and ISO-8859-5 becomes iso88595 here.
      let plain = charset.rawValue.lowercased().filter { $0 != "-" }
      labels[plain] = charset
      if plain.hasPrefix("cp125") { labels["windows" + plain.dropFirst(2)] = charset }
    }
    return labels
  }()

  /// The handling of bytes that are invalid in the charset.
  package enum Strictness: Hashable, Sendable {
    /// Refuses the body.
    case strict
    /// Replaces them by U+FFFD.
    case lenient
  }

  /// Decodes a body to UTF-8, without a byte-order mark.
  ///
  /// Linear; at most three bytes out for one in.
  ///
  /// - Throws: `ParseError` if a strict reading finds invalid bytes.
  package func decode(
    _ body: [UInt8], _ strictness: Strictness
  ) throws(ParseError) -> [UInt8] {
    switch self {
    case .utf8:
      return try Self.validUTF8(
        body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body[3...]) : body, strictness)
    case .utf16LittleEndian where body.starts(with: [0xFF, 0xFE]),
      .utf16BigEndian where body.starts(with: [0xFE, 0xFF]):
      return try converted(Array(body[2...]), strictness)
    default:
      return try converted(body, strictness)
    }
  }

  private static func validUTF8(
    _ body: [UInt8], _ strictness: Strictness
  ) throws(ParseError) -> [UInt8] {
    if (try? UTF8Span(validating: body.span)) != nil { return body }
    guard strictness == .strict else { return Array(String(decoding: body, as: UTF8.self).utf8) }
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = body.makeIterator()
    var offset = body.startIndex
    while case .valid(let scalar) = parser.parseScalar(from: &bytes) { offset += scalar.count }
    throw ParseError("the body is not valid UTF-8 (byte \(offset))")
  }

  /// Converts with iconv, skipping one unit at a time that it refuses.
  private func converted(
    _ body: [UInt8], _ strictness: Strictness
  ) throws(ParseError) -> [UInt8] {
    guard let converter = fx_iconv_open(rawValue) else {
      throw ParseError("the body is in \(rawValue), which this system's C library cannot convert")
    }
    defer { iconv_close(converter) }
    var badOffset: Int?
    let unit = self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1
    var source = body
    let decoded = [UInt8](unsafeUninitializedCapacity: body.count * 3 + 16) { output, count in
      source.withUnsafeMutableBytes { input in
        var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var free = output.count
        output.withMemoryRebound(to: CChar.self) { output in
          var end = output.baseAddress
          while left > 0, fx_iconv(converter, &next, &left, &end, &free) != 0, left > 0 {
            if strictness == .strict {
              badOffset = input.count - left
              break
            }
            let skipped = min(unit, left)
            next = next?.advanced(by: skipped)
            left -= skipped
            guard free >= 3 else { break }
            for byte: UInt8 in [0xEF, 0xBF, 0xBD] {
              end?.pointee = CChar(bitPattern: byte)
              end = end?.advanced(by: 1)
            }
            free -= 3
          }
        }
        count = output.count - free
      }
    }
    if let badOffset {
      throw ParseError("the body is not valid \(rawValue) (byte \(badOffset))")
    }
    return decoded
  }
}
