import FXCore
import FoundationEssentials

/// Lines of a mail's head.
enum MailHeader {
  /// A line as it is sent, folded before a space where it would pass 78 characters (RFC 5322
  /// section 2.1.1); both parts must be harmless ASCII.
  static func line(_ name: String, _ value: String) -> String {
    var line = "\(name):"
    var length = line.utf8.count
    for word in value.split(separator: " ") {
      if length + 1 + word.utf8.count > 78, length > name.utf8.count + 1 {
        line += "\r\n"
        length = 0
      }
      line += " \(word)"
      length += 1 + word.utf8.count
    }
    return line
  }

  /// A text as encoded words (RFC 2047) unless it is plain ASCII that cannot be taken for one.
  static func encoded(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    guard !isPlain else { return text }
    // 75 characters a word at most, less `=?UTF-8?B?` and `?=`, make 45 bytes before base64.
    var words: [String] = []
    var piece = ""
    for character in text {
      if piece.utf8.count + character.utf8.count > 45, !piece.isEmpty {
        words.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    words.append(piece)
    return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }
      .joined(separator: " ")
  }

  /// An identifier as one atom (RFC 5322 section 3.2.3): anything else becomes `_`.
  static func word(_ text: String) -> String {
    String(
      text.map { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || ".-_+".contains(character) ? character : "_"
      })
  }
}

/// Text as quoted-printable (RFC 2045 section 6.7).
enum QuotedPrintable {
  /// Characters of a line at most, the `=` of a soft break included.
  private static let longestLine = 76

  /// Lines of text as lines of ASCII; none of them begins a boundary or ends the mail.
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
      // A line of dashes could be taken for a boundary, a lone dot for the end.
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

extension Timestamp {
  /// The date form of mail (RFC 5322 section 3.3): `Fri, 20 Feb 2026 09:15:02 +0000`.
  var mailDate: String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let (year, month, number) = day.civil
    let clock = description.split(separator: "T")[1].prefix(8)
    return "\(days[day.weekday - 1]), \(number) \(months[month - 1]) \(year) \(clock) +0000"
  }
}
