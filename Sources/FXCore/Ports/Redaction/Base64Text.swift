/// Base64 (RFC 4648) of texts within longer texts.
enum Base64Text {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Returns how a text appears in base64 of any text that contains it, in both alphabets.
  ///
  /// There are three forms, for the three offsets within a group; each lacks the characters at its ends
  /// that also depend on the neighbours.
  static func encodings(of bytes: [UInt8]) -> [[UInt8]] {
    (0..<3).flatMap { offset -> [[UInt8]] in
      let all = encoded(Array(repeating: 0, count: offset) + bytes)
      let first = offset == 0 ? 0 : offset + 1
      let last = all.count - ((offset + bytes.count).isMultiple(of: 3) ? 0 : 1)
      guard first < last else { return [] }
      let standard = Array(all[first..<last])
      return [standard, standard.map(urlSafe)]
    }
  }

  /// Returns the text that is written in base64; nil if it is none or has control characters.
  static func decoded(_ text: String) -> String? {
    let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
    guard digits.count >= 8, digits.count % 4 != 1 else { return nil }
    var bits = 0
    var (buffer, bytes): (UInt32, [UInt8]) = (0, [])
    for digit in digits {
      let standard = digit == UInt8(ascii: "-") ? 62 : digit == UInt8(ascii: "_") ? 63 : nil
      guard let value = standard ?? alphabet.firstIndex(of: digit) else { return nil }
      buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func urlSafe(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "+")
      ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
  }

  /// Returns the digits of a text, without padding.
  private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var digits: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for index in 0..<3 {
        word = word << 8 | (start + index < group.endIndex ? UInt32(bytes[start + index]) : 0)
      }
      for digit in 0...group.count {
        digits.append(alphabet[Int(word >> UInt32(18 - 6 * digit) & 63)])
      }
    }
    return digits
  }
}
