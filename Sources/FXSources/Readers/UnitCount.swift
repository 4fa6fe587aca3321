/// How many units a figure is for, as publishers print it: `100`, `1 000`, `1,000`, `1.0`,
/// `1 t.u.` (a troy ounce).
enum UnitCount {
  /// The count; nil where the text begins with none, or it could be read two ways.
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
        // What stands behind the number is the unit's name, and only behind a space.
        guard digits.last == " " else { return nil }
        break
      }
    }
    let parts = QuotedText.trimmed(digits).split(
      separator: decimal, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    if parts.count == 2 {
      // `1.000` is one or a thousand, unless the decimal mark is declared.
      let isClear = format.decimal != nil || parts[1].count != 3
      guard isClear, !parts[1].isEmpty, parts[1].allSatisfy({ $0 == "0" }) else { return nil }
    }
    let groups = parts[0].split(omittingEmptySubsequences: false) { $0 == group || $0 == " " }
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return Int64(groups.joined())
  }
}
