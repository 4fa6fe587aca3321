/// Quotes text from the network on one line of an error or a notification.
enum QuotedText {
  /// The longest quotation in an error, in characters.
  static let maximumLength = 60

  /// Returns the text in quotes, on one line, cut after `maximumLength` characters.
  static func quoted(_ text: some StringProtocol) -> String {
    let line = oneLine(text, maximumLength: maximumLength)
    return "'\(line)'"
  }

  /// Returns the text on one line: white space becomes one space, control characters are removed, and
  /// text beyond `maximumLength` characters is replaced by an ellipsis.
  static func oneLine(_ text: some StringProtocol, maximumLength: Int) -> String {
    // The most common case: there is nothing to change.
    if text.utf8.count <= maximumLength, text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) {
      return String(text)
    }
    var line = ""
    var count = 0
    var spaceIsDue = false
    for character in text {
      if character.isWhitespace {
        spaceIsDue = count > 0
        continue
      }
      if character.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .control }) {
        continue
      }
      if count >= maximumLength { return line + "\u{2026}" }
      if spaceIsDue {
        line.append(" ")
        count += 1
        spaceIsDue = false
      }
      line.append(character)
      count += 1
    }
    return line
  }

  /// Returns the text without invisible characters, such as a soft hyphen or a mark of direction.
  static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
      visible.append(scalar)
    }
    return String(visible)
  }

  /// Returns the text as it is, cut after `maximumLength` Unicode scalars.
  static func cut(_ text: String, maximumLength: Int) -> String {
    if text.utf8.count <= maximumLength { return text }
    let scalars = text.unicodeScalars
    guard
      let end = scalars.index(
        scalars.startIndex, offsetBy: maximumLength, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "\u{2026}"
  }

  /// Returns the text without leading and trailing white space of any kind.
  static func trimmed<Text: StringProtocol>(_ text: Text) -> Text.SubSequence {
    let scalars = text.unicodeScalars
    if let first = scalars.first, let last = scalars.last, isPrintable(first), isPrintable(last) {
      // The most common case: there is nothing to remove.
      return text[...]
    }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return text[text.startIndex..<text.startIndex] }
    return text[first..<scalars.index(after: last)]
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    (0x21..<0x7F).contains(scalar.value)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == " " || (0x09...0x0D).contains(scalar.value) }
    return scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
  }
}
