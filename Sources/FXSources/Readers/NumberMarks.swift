/// The characters of a printed figure in one spelling: ASCII digits, `.` `,` `'`, one space for
/// every kind of space, `+` `-` for every kind of sign, `e` for every kind of exponent mark.
struct NumberMarks {
  /// What remains; empty where the figure is absent.
  let bytes: [UInt8]

  /// Whether the publisher prints that there is no figure.
  let isAbsent: Bool

  /// Throws where a character belongs to no figure.
  init(_ text: some StringProtocol) throws(NumberProblem) {
    let trimmed = QuotedText.trimmed(text)
    if trimmed.isEmpty || Self.absent.contains(trimmed.lowercased()) {
      bytes = []
      isAbsent = true
      return
    }
    guard trimmed.unicodeScalars.count <= NumberFormat.maximumLength else {
      throw .notAFigure(text)
    }
    var bytes: [UInt8] = []
    for scalar in trimmed.unicodeScalars {
      guard let byte = Self.plain(scalar) else { throw .notAFigure(text) }
      bytes.append(byte)
    }
    self.bytes = bytes
    isAbsent = false
  }

  /// What publishers print instead of a figure, in lower case.
  private static let absent: Set<String> = [
    "-", "--", "---", "\u{2013}", "\u{2014}", "\u{2212}", "...", "..", "\u{2026}", "*",
    "n/a", "n.a.", "na", "nan", "nd", "n/d", "none", "nil", "null", "#n/a",
  ]

  /// Which thousands mark a byte is.
  static let groupMarks: [UInt8: NumberFormat.ThousandsMark] = [
    UInt8(ascii: ","): .comma, UInt8(ascii: "."): .dot, UInt8(ascii: " "): .space,
    UInt8(ascii: "'"): .apostrophe,
  ]

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "0"..."9", ".", ",", "'", "+", "-", " ": UInt8(scalar.value)
    case "e", "E", "\u{FF25}", "\u{FF45}": UInt8(ascii: "e")
    case "\u{FF10}"..."\u{FF19}": UInt8(scalar.value - 0xFF10) + UInt8(ascii: "0")
    case "\u{FF0E}": UInt8(ascii: ".")
    case "\u{FF0C}": UInt8(ascii: ",")
    case "\u{2019}", "\u{02BC}", "\u{FF07}": UInt8(ascii: "'")
    case "\u{FF0B}": UInt8(ascii: "+")
    case "\u{2212}", "\u{FF0D}", "\u{2013}": UInt8(ascii: "-")
    case "\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{3000}", "\t": UInt8(ascii: " ")
    default: nil
    }
  }
}
