/// A number of units as publishers print it: `100`, `1 000`, `1,000`, `1.0`, `1 t.u.` (a troy
/// ounce).
enum UnitCount {
  /// Reads the number; nil if the text does not begin with one, or it is ambiguous.
  static func read(_ text: String, _ format: NumberFormat) -> Int64? {
    let decimal: Character = format.decimal == .comma ? "," : "."
    let group: Character = decimal == "." ? "," : "."
    var digits = ""
    for character in QuotedText.trimmed(text) {
      if character.isASCII, character.isNumber || character == decimal || character == group {
        digits.append(character)
      } else if character.isWhitespace || character == "'" {
        digits.append(" ")
      } else {
        // Text after the number is the name of the unit, and only after a space.
        guard digits.last == " " else { return nil }
        break
      }
    }
    let parts = QuotedText.trimmed(digits).split(
      separator: decimal, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    if parts.count == 2 {
      // `1.000` is one or a thousand, unless the decimal mark is set.
      let isClear = format.decimal != nil || parts[1].count != 3
      guard isClear, !parts[1].isEmpty, parts[1].allSatisfy({ $0 == "0" }) else { return nil }
    }
    let groups = parts[0].split(omittingEmptySubsequences: false) { $0 == group || $0 == " " }
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return Int64(groups.joined())
  }
}
