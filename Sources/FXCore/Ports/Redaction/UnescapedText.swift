/// A text whose escapes are resolved one after the other, with the place of each byte in the original.
///
/// Resolves percent-encoding, the escapes of JSON and the character references of HTML.
struct UnescapedText {
  /// The most escapes within escapes that are resolved.
  private static let maximumRounds = 4

  /// The text in UTF-8, letters of ASCII in lower case.
  private(set) var bytes: [UInt8]

  /// The offset in the original of each byte, and of the end.
  private(set) var offsets: [Int]

  private var rounds = 0

  /// A text as it is.
  init(_ text: String) {
    bytes = text.utf8.map(Self.lowercased)
    offsets = Array(0...bytes.count)
  }

  /// Returns a letter of ASCII in lower case, and any other byte as it is.
  static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Resolves each escape once; returns false if there is none.
  mutating func unescape() -> Bool {
    let marks = [UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "\\")]
    guard rounds < Self.maximumRounds, bytes.contains(where: marks.contains) else { return false }
    rounds += 1
    var (resolved, places): ([UInt8], [Int]) = ([], [])
    var position = 0
    while position < bytes.count {
      let (text, length) = escape(at: position) ?? ([bytes[position]], 1)
      for byte in text {
        resolved.append(Self.lowercased(byte))
        places.append(offsets[position])
      }
      position += length
    }
    guard resolved.count != bytes.count else { return false }
    places.append(offsets[bytes.count])
    (bytes, offsets) = (resolved, places)
    return true
  }

  /// Returns true if the text was cut at a position: it ends there, or an ellipsis follows, possibly
  /// after the beginning of an escape.
  func isCut(at position: Int) -> Bool {
    var end = position
    if end < bytes.count, "%&\\".utf8.contains(bytes[end]) {
      end += 1
      while end < bytes.count, end < position + 8, Self.isPart(bytes[end]) { end += 1 }
    }
    return end == bytes.count || bytes[end...].starts(with: "…".utf8)
  }

  /// Returns true if a byte can be part of an escape.
  private static func isPart(_ byte: UInt8) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return byte == UInt8(ascii: "#")
      || character.isASCII && (character.isLetter || character.isNumber)
  }

  /// Returns the text of the escape at a position, and the length of the escape; nil if there is none.
  private func escape(at position: Int) -> (text: [UInt8], length: Int)? {
    switch bytes[position] {
    case UInt8(ascii: "%"):
      hexadecimal(at: position + 1, digits: 2).map { ([UInt8(truncatingIfNeeded: $0)], 3) }
    case UInt8(ascii: "\\"): backslash(at: position)
    case UInt8(ascii: "&"): reference(at: position)
    default: nil
    }
  }

  private func hexadecimal(at position: Int, digits: Int) -> UInt32? {
    guard position + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Reads `\/`, `\x2f` or `\u002f`.
  private func backslash(at position: Int) -> (text: [UInt8], length: Int)? {
    guard position + 1 < bytes.count else { return nil }
    switch bytes[position + 1] {
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal(at: position + 2, digits: 4) else { return nil }
      if (0xD800..<0xDC00).contains(unit), position + 7 < bytes.count,
        bytes[position + 6] == UInt8(ascii: "\\"), bytes[position + 7] == UInt8(ascii: "u"),
        let low = hexadecimal(at: position + 8, digits: 4), (0xDC00..<0xE000).contains(low)
      {
        return (Self.text(of: 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)), 12)
      }
      return (Self.text(of: unit), 6)
    case UInt8(ascii: "x"):
      return hexadecimal(at: position + 2, digits: 2).map { (Self.text(of: $0), 4) }
    case let byte where "\"\\/'".utf8.contains(byte): return ([byte], 2)
    default: return nil
    }
  }

  /// Reads `&amp;`, `&#38;` or `&#x26;`.
  private func reference(at position: Int) -> (text: [UInt8], length: Int)? {
    let start = position + 1
    let limit = min(bytes.count, start + Self.longestReference)
    guard start < limit,
      let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")), end > start
    else { return nil }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    let length = end + 1 - position
    if let character = Self.references[name] { return ([character], length) }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return number.map { (Self.text(of: $0), length) }
  }

  /// The longest name or number of a character reference, in bytes.
  private static let longestReference = 12

  /// The named references of HTML that secrets need: all of ASCII but letters and digits.
  private static let references: [String: UInt8] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "sol": 0x2F, "plus": 0x2B,
    "equals": 0x3D, "colon": 0x3A, "lowbar": 0x5F, "num": 0x23, "percnt": 0x25, "excl": 0x21,
    "ast": 0x2A, "commat": 0x40, "dollar": 0x24, "period": 0x2E, "comma": 0x2C, "semi": 0x3B,
    "quest": 0x3F, "hyphen": 0x2D, "dash": 0x2D, "lpar": 0x28, "rpar": 0x29, "bsol": 0x5C,
    "hat": 0x5E, "verbar": 0x7C, "lsqb": 0x5B, "rsqb": 0x5D, "lcub": 0x7B, "rcub": 0x7D,
  ]

  /// Returns a character in UTF-8; its number's last byte if it is none, so that nothing is lost.
  private static func text(of number: UInt32) -> [UInt8] {
    guard let scalar = Unicode.Scalar(number) else { return [UInt8(truncatingIfNeeded: number)] }
    return Array(String(Character(scalar)).utf8)
  }
}
