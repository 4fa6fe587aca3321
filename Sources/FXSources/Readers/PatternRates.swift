import FXCore

/// Reads rates from any text by a regular expression: each match is a row, each named group a
/// column.
package struct PatternRates: TableReader {
  /// The text to which the pattern is applied.
  package enum Scope: Hashable, Sendable {
    /// The whole body, tags included.
    case body
    /// The visible text: one line per block element of a page.
    case words
  }

  package var scope: Scope

  package var title: String

  /// Finds the rows; its groups are named like the fields of a row.
  package var pattern: TextPattern

  /// Finds the date of the whole body.
  package var date: TextPattern?

  package var columns: RateColumns

  /// Finds the text inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// Checks that the body is valid.
  package var checks = BodyChecks<TextPattern>()

  package var charset: Charset?

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    var text = try BodyDecoder(title: title, charset: charset, inside: inside).text(
      of: body, contentType: contentType, .lenient)
    if scope == .words, text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      if BodyEnding.endsInCell(text) {
        throw ParseError("the body ends with a number inside of a table cell; it is cut off")
      }
      text = try Self.words(of: HTMLText(text))
    }
    let budget = PatternBudget()
    try checks.verify(in: text, insteadOf: title, budget)
    let day =
      try date.map { pattern throws(ParseError) in
        try pattern.compiled().match(in: text, from: 0, budget)
      } ?? nil
    let compiled = try pattern.compiled()
    var rows: [PrintedRow] = []
    var location = TextLocation(text)
    var start = 0
    while start <= text.count, let match = try compiled.match(in: text, from: start, budget) {
      var row = PrintedRow(match.fields, place: location.place(of: match.range.lowerBound))
      if match.units.map({ UnitCount.isCut($0, in: text) })
        ?? (!match.rest.isEmpty && UnitCount.hasPowerOfTen(match.rest, columns.number))
      {
        row.problem = Self.unread(in: match, of: text)
      }
      rows.append(row)
      guard rows.count <= BodyLimits.maximumRows else {
        throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
      }
      start = match.range.upperBound
      if match.range.isEmpty {
        // Skips the rest of a UTF-8 character.
        start += 1
        while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
      }
    }
    guard !rows.isEmpty else { throw WrongPage.error(body, insteadOf: title) }
    var table = PrintedTable(rows: rows, date: day.map { $0.fields[.date] ?? $0.text })
    if inside.isEmpty { table.markCutNumber(in: body) }
    return table
  }
}

extension PatternRates {
  /// The problem of a row whose number of units the pattern passes over.
  private static func unread(in match: TextPattern.Match, of text: [UInt8]) -> String {
    "the text \(QuotedText.quoted(String(decoding: text[match.range], as: UTF8.self))) may have a"
      + " number of units outside of the group 'nominal'; correct 'pattern'"
  }

  /// Returns the lines of a page, with one space between words separated by space or elements.
  private static func words(of page: HTMLText) -> [UInt8] {
    let space = UInt8(ascii: " ")
    var words: [UInt8] = []
    words.reserveCapacity(page.bytes.count)
    for byte in page.bytes {
      let byte = byte == HTMLText.seam || byte == 0x09 || byte == 0x0D ? space : byte
      if byte == space, words.isEmpty || words.last == space || words.last == 0x0A { continue }
      if byte == 0x0A, words.last == space { words.removeLast() }
      words.append(byte)
    }
    // The matcher requires valid UTF-8.
    return Array(String(decoding: words, as: UTF8.self).utf8)
  }
}

/// Converts byte offsets of a text to line and column; offsets must ascend, so that all conversions
/// together pass over the text once.
private struct TextLocation {
  private let text: [UInt8]
  private var offset = 0
  private var line = 1
  private var column = 1

  init(_ text: [UInt8]) { self.text = text }

  mutating func place(of byte: Int) -> RowPlace {
    while offset < min(byte, text.count) {
      if text[offset] == 0x0A {
        line += 1
        column = 1
      } else if text[offset] & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
    return .column(column, line: line)
  }
}
