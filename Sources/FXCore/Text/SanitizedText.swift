/// Makes untrusted text safe for terminals and line-based programs.
///
/// Headlines, labels and server replies can contain terminal escape sequences, line breaks that
/// forge log lines, and marks that change the writing direction.
package enum SanitizedText {
  /// Returns the text as one line of at most `limit` Unicode scalars, each harmful one replaced by
  /// its escape such as `\u{1b}`; a cut line ends with `…`.
  ///
  /// Cost: linear in `limit`.
  package static func line(_ text: some StringProtocol, limit: Int = 1000) -> String {
    // The usual case: nothing to replace. The compiler specializes reading scalars for `String`.
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

  /// Returns the text for a cell of CSV, which other programs read: harmful characters are absent, and
  /// white space among them is one space.
  package static func cell(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var cell = ""
    for scalar in text.unicodeScalars {
      if !isHarmful(scalar) {
        cell.unicodeScalars.append(scalar)
      } else if scalar.properties.isWhitespace, cell.last != " " {
        cell += " "
      }
    }
    return cell
  }

  /// True for controls, line and paragraph separators, and invisible format characters except the
  /// joiners that Persian and emoji need.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar != "\u{200c}" && scalar != "\u{200d}"
    default: false
    }
  }
}
