import FXCore

/// Reads rates from any text by a regular expression: each match is a row, each named group a
/// column.
package struct PatternRates: TableReader {
  /// What of the body the pattern is applied to.
  package enum Scope: Hashable, Sendable {
    /// Every byte of it, tags included.
    case body
    /// The words people see: a line per block of the page.
    case words
  }

  package var scope: Scope

  package var title: String

  /// Finds the rows; its groups are named as the fields of a row.
  package var pattern: TextPattern

  /// Finds the day of the whole body.
  package var date: TextPattern?

  package var columns: RateColumns

  /// Finds the text that is meant inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// What must, and what must not be in the body.
  package var marks = BodyMarks<TextPattern>()

  package var charset: Charset?

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    var text = try BodyText.text(
      of: body, contentType: contentType, charset: charset, inside: inside, .lenient,
      insteadOf: title)
    if scope == .words, text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      text = try Self.words(of: HTMLText(text))
    }
    let budget = PatternBudget()
    try marks.check(insteadOf: title) { pattern throws(ParseError) in
      try pattern.compiled().match(in: text, from: 0, budget)?.text
    }
    let day =
      try date.map { pattern throws(ParseError) in
        try pattern.compiled().match(in: text, from: 0, budget)
      } ?? nil
    let compiled = try pattern.compiled()
    var rows: [PrintedRow] = []
    var line = LinePlace(text)
    var start = 0
    while start <= text.count, let match = try compiled.match(in: text, from: start, budget) {
      rows.append(PrintedRow(match.fields, place: line.place(of: match.range.lowerBound)))
      guard rows.count <= BodyLimits.maximumRows else {
        throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
      }
      start = match.range.upperBound
      if match.range.isEmpty {
        // The next character begins at the next byte that continues none.
        start += 1
        while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
      }
    }
    guard !rows.isEmpty else { throw WrongPage.sentence(body, insteadOf: title) }
    return PrintedTable(rows: rows, date: day.map { $0.fields[.date] ?? $0.text })
  }
}

extension PatternRates {
  /// The lines of a page, with one space between words that have space or elements between them.
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
    // What matching is given must be UTF-8 beyond doubt.
    return Array(String(decoding: words, as: UTF8.self).utf8)
  }
}

/// Says in which line and column a byte of a text stands; asked in the order of the text, so that
/// all answers together pass over it once.
private struct LinePlace {
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
