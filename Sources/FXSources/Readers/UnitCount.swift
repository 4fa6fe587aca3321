/// A number of units as publishers print it: `100`, `1 000`, `1,000`, `1.0`, `1 t.u.` (a troy
/// ounce).
enum UnitCount {
  /// True if a text has a digit of any script.
  static func hasDigit(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { $0.decimalDigit != nil }
  }

  /// True if a text has a power of ten from 10 on, as numbers of units are.
  static func hasPowerOfTen(_ text: String, _ format: NumberFormat) -> Bool {
    let words = text.split { !($0.isASCII && ($0.isNumber || ",.'".contains($0))) }
    return words.contains { word in
      let number = word.drop { !$0.isNumber }
      let end = number.lastIndex { $0.isNumber }.map { number.index(after: $0) }
      return end.map { isPowerOfTen(String(number[..<$0]), format) } ?? false
    }
  }

  /// True if a range ends or begins inside a number such as `1,000`, of which it contains a part.
  static func isCut(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    func isDigit(_ place: Int) -> Bool {
      text.indices.contains(place) && NumberMarks.isDigit(text[place])
    }
    guard range.upperBound > 0, isDigit(range.upperBound - 1) else { return false }
    let next = range.upperBound
    if isDigit(next) || (range.lowerBound > 0 && isDigit(range.lowerBound - 1)) { return true }
    let isMark = text.indices.contains(next) && [0x2C, 0x2E, 0x27].contains(text[next])
    return isMark && (1...3).allSatisfy { isDigit(next + $0) } && !isDigit(next + 4)
  }

  /// True if a text is 10, 100, 1000 and so on.
  static func isPowerOfTen(_ text: String, _ format: NumberFormat) -> Bool {
    guard var units = read(text, format), units >= 10 else { return false }
    while units.isMultiple(of: 10) { units /= 10 }
    return units == 1
  }

  /// Reads the number; nil if the text does not begin with one, or it is ambiguous.
  static func read(_ text: String, _ format: NumberFormat) -> Int64? {
    let decimal: Character = format.decimal == .comma ? "," : "."
    let group: Character = decimal == "." ? "," : "."
    var digits = ""
    for character in QuotedText.trimmed(text) {
      if character.isASCII, character.isNumber || character == decimal || character == group {
        digits.append(character)
      } else if character.isWhitespace
        || "'\u{2019}\u{2018}\u{B4}`\u{2032}\u{02BC}".contains(character)
      {
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
