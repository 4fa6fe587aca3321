import FXCore

/// All rows of a body, as printed.
package struct PrintedTable: Sendable {
  /// The rows in the order of the body.
  package var rows: [PrintedRow]

  /// The date of the whole table, as printed.
  package var date: String?

  /// The parts of the body that are not read, such as another table below.
  var passedOver: [SetAsideRow] = []

  /// The names that the first row has in the body, for errors.
  var hint: String?
}

extension PrintedTable {
  /// The fewest other rows whose decimals say how many the last one has.
  private static let fewestOthers = 3

  /// Marks the last row as unreadable if the text ends with its rate, without a line break, and the rate
  /// has fewer decimals than all others, which have as many as each other: half a number.
  mutating func markCutNumber(in text: [UInt8]) {
    guard let last = rows.indices.last, rows.count > Self.fewestOthers, rows[last].problem == nil,
      let field = RateField.rates.last(where: { field in
        rows[last].texts[field].map { !$0.isEmpty && Self.ends(text, with: $0) } ?? false
      })
    else { return }
    let printed = Self.decimals(rows[last].texts[field] ?? "")
    let others = Set(rows.dropLast().map { Self.decimals($0.texts[field] ?? "") })
    guard others.count == 1, let usual = others.first, printed < usual else { return }
    rows[last].problem =
      "the body ends within the line of \(QuotedText.quoted(rows[last].texts[field] ?? "")), which has"
      + " fewer decimals than all others"
  }

  private static func ends(_ text: [UInt8], with printed: String) -> Bool {
    text.suffix(printed.utf8.count).elementsEqual(printed.utf8)
  }

  /// Returns the number of digits behind the last mark of a number.
  private static func decimals(_ text: String) -> Int {
    text.utf8.lastIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
      .map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
  }
}
