import FXCore

/// Reads rates from separated text: CSV, TSV, or with any other separator; a row per rate, or a
/// column per currency or per day.
package struct CSVRates: TableReader {
  /// What the source prints, for errors: `the rates`.
  package var title: String

  /// What separates cells; nil for the most frequent of comma, semicolon, tab and bar in the header.
  package var delimiter: UInt8?

  /// Where what stands in the table.
  package var layout: TableLayout

  /// What the texts mean.
  package var columns: RateColumns

  /// The charset, where it is not UTF-8 and not said by the server.
  package var charset: Charset?

  /// Finds the text that is meant inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// Whether the publisher ends every line, the last one too: a body that does not is cut.
  package var endsEveryLine = false

  /// What must, and what must not be in the text.
  package var marks = BodyMarks<TextPattern>()

  /// Separated text.
  package init(
    title: String, delimiter: UInt8? = nil, layout: TableLayout, columns: RateColumns,
    charset: Charset? = nil
  ) {
    self.title = title
    self.delimiter = delimiter
    self.layout = layout
    self.columns = columns
    self.charset = charset
  }

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let lines = try grid(
      of: body, contentType: contentType, maximumLines: BodyLimits.maximumRows)
    return try layout.table(in: lines, columns: columns, title: title)
  }

  /// The cells of a body that is not something else, line by line without blank ones.
  func grid(
    of body: [UInt8], contentType: String?, maximumLines: Int
  ) throws(ParseError) -> [TableLayout.Line] {
    let text = try BodyText.text(
      of: body, contentType: contentType, charset: charset, inside: inside, .strict,
      insteadOf: title)
    let first = text.first { $0 > 0x20 }
    if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") {
      throw WrongPage.sentence(text, insteadOf: title)
    }
    if endsEveryLine, text.last != 0x0A {
      throw ParseError("\(title) are cut: the last line has no end")
    }
    if !marks.isEmpty {
      let budget = PatternBudget()
      try marks.check(insteadOf: title) { pattern throws(ParseError) in
        try pattern.compiled().match(in: text, from: 0, budget)?.text
      }
    }
    let lines = CSVLine.lines(of: text)
    guard lines.count <= maximumLines else {
      throw ParseError("\(title) have more than \(maximumLines) rows")
    }
    let separator =
      delimiter
      ?? Self.separator(
        of: lines.dropFirst(layout.skippedLines).first?.text ?? [],
        or: lines.dropFirst(lines.count / 2).first?.text ?? [])
    var grid: [TableLayout.Line] = []
    grid.reserveCapacity(lines.count)
    for line in lines {
      let cells = try CSVLine.cells(
        line.text, separator, expected: grid.last?.cells.count ?? 0)
      grid.append(.init(number: line.number, cells: cells))
    }
    return grid
  }

  /// What separates the cells of the header; where it has none of the separators, of another line.
  private static func separator(of header: ArraySlice<UInt8>, or other: ArraySlice<UInt8>) -> UInt8
  {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    for line in [header, other] {
      let counts = candidates.map { candidate in line.count { $0 == candidate } }
      if let best = zip(candidates, counts).max(by: { $0.1 < $1.1 }), best.1 > 0 { return best.0 }
    }
    return UInt8(ascii: ",")
  }
}
