extension StringProtocol {
  /// The text in single quotes, as error messages quote what a user wrote: cut after 60 characters,
  /// control characters shown by their number, so that every message is one short line.
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
