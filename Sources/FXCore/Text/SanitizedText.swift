/// Makes a stranger's text harmless where a person or a line-based program reads it.
///
/// Headlines, labels and answers of servers can carry escape sequences that a terminal obeys, line
/// breaks that forge log lines, and marks that turn the direction of writing.
package enum SanitizedText {
  /// The text in one line of at most `limit` Unicode scalars, each harmful one shown as `\u{1b}`;
  /// `…` stands for what was cut.
  ///
  /// Linear in `limit`.
  package static func line(_ text: some StringProtocol, limit: Int = 1000) -> String {
    // Nearly every line is as it should be. Of a `String` the compiler knows how to read scalars.
    if text.utf8.count <= limit {
      let whole = String(text)
      if !whole.unicodeScalars.contains(where: isHarmful) { return whole }
    }
    var line = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      guard count < limit else { return line + "…" }
      if isHarmful(scalar) {
        line += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Controls, line and paragraph separators, and invisible format characters other than the joiners
  /// that Persian and emoji need.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar != "\u{200c}" && scalar != "\u{200d}"
    default: false
    }
  }
}
