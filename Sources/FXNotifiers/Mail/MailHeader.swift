import FXCore
import FoundationEssentials

/// Formats the header lines of a mail.
enum MailHeader {
  /// Returns a header line, folded before a space to stay within 78 characters (RFC 5322 section
  /// 2.1.1).
  ///
  /// Name and value must be printable ASCII.
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

  /// Returns a text as encoded words (RFC 2047), or unchanged if it is ASCII without `=?`.
  static func encoded(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    guard !isPlain else { return text }
    // An encoded word has at most 75 characters: 45 bytes in base64 between `=?UTF-8?B?` and `?=`.
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

  /// Returns an identifier as one atom (RFC 5322 section 3.2.3), with `_` for other characters.
  static func word(_ text: String) -> String {
    String(
      text.map { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || ".-_+".contains(character) ? character : "_"
      })
  }
}

extension Timestamp {
  /// The instant in the date format of mail (RFC 5322 section 3.3): `Fri, 20 Feb 2026 09:15:02 +0000`.
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
