/// The characters of a number in one spelling: ASCII digits, `.` `,` `'`, one space for every kind of
/// space, `+` `-` for every kind of sign, `e` for every kind of exponent mark.
struct NumberMarks {
  /// The characters in ASCII; never empty.
  let bytes: [UInt8]

  /// Throws if a character cannot be part of a number.
  init(_ text: some StringProtocol) throws(NumberProblem) {
    let trimmed = QuotedText.trimmed(text)
    guard !trimmed.isEmpty, trimmed.unicodeScalars.count <= NumberFormat.maximumLength else {
      throw .notANumber(text)
    }
    var bytes: [UInt8] = []
    for scalar in trimmed.unicodeScalars {
      guard let byte = Self.plain(scalar) else { throw .notANumber(text) }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  /// True if a text represents a missing number: empty, only punctuation, or one of `absent`.
  static func isAbsent(_ text: some StringProtocol) -> Bool {
    // The most common case: there is a digit.
    if text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      return false
    }
    let isShort = text.utf8.count <= longestAbsent
    return isShort && absent.contains(QuotedText.trimmed(text).lowercased())
      || text.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic && $0.decimalDigit == nil }
  }

  /// The length in bytes within which any of `absent` fits, white space included.
  private static let longestAbsent = 64

  /// Texts that publishers print for a missing number, in lower case.
  private static let absent: Set<String> = [
    "n/a", "n.a.", "n.a", "na", "nan", "nd", "n/d", "n.d.", "n/e", "n.e.", "n/q", "n.q.", "none",
    "nil", "null", "#n/a",
  ]

  /// The thousands mark of a byte.
  static let groupMarks: [UInt8: NumberFormat.ThousandsMark] = [
    UInt8(ascii: ","): .comma, UInt8(ascii: "."): .dot, UInt8(ascii: " "): .space,
    UInt8(ascii: "'"): .apostrophe,
  ]

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    if let digit = scalar.decimalDigit { return UInt8(ascii: "0") + UInt8(digit) }
    return switch scalar {
    case ".", ",", "'", "+", "-", " ": UInt8(scalar.value)
    case "e", "E", "\u{FF25}", "\u{FF45}": UInt8(ascii: "e")
    case "\u{FF0E}", "\u{066B}": UInt8(ascii: ".")
    case "\u{FF0C}", "\u{066C}": UInt8(ascii: ",")
    case "\u{2019}", "\u{02BC}", "\u{FF07}": UInt8(ascii: "'")
    case "\u{FF0B}": UInt8(ascii: "+")
    case "\u{2212}", "\u{FF0D}", "\u{2013}": UInt8(ascii: "-")
    case "\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{3000}", "\t": UInt8(ascii: " ")
    default: nil
    }
  }
}
