extension StringProtocol {
  /// The text in single quotes, for messages that quote user input.
  ///
  /// Cut after 60 characters, with control characters as `\u{1B}`, so that a message is one line.
  package var quoted: String {
    var text = ""
    for character in prefix(60) {
      for scalar in character.unicodeScalars.prefix(8) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
          text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return "'\(text)\(dropFirst(60).isEmpty ? "" : "…")'"
  }
}
