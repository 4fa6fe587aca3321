/// Encodes text as quoted-printable (RFC 2045 section 6.7).
enum QuotedPrintable {
  /// The longest line in characters, including the `=` of a soft break.
  private static let longestLine = 76

  /// Returns lines of text as lines of ASCII, none of which can be read as a boundary or as the end
  /// of the mail.
  static func lines(of texts: [String]) -> [String] { texts.flatMap(lines) }

  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let token = isPlain(byte, isLast: isLast) ? String(UnicodeScalar(byte)) : escaped(byte)
      if line.utf8.count + token.utf8.count > longestLine - 1 {
        lines.append(line + "=")
        line = ""
      }
      // A leading dash could be read as a boundary, a lone dot as the end of the message.
      let isRisky = line.isEmpty && (token == "-" || token == ".")
      line += isRisky ? escaped(byte) : token
    }
    return lines + [line]
  }

  private static func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
    byte == 0x20 ? !isLast : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
  }

  private static func escaped(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "=" + (digits.count == 1 ? "0" : "") + digits
  }
}
