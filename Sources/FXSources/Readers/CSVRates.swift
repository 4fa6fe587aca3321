import FXCore

/// Reads rates from separated text (CSV, TSV or any other separator), with a row per rate or a column
/// per currency or per day.
package struct CSVRates: TableReader {
  /// The name of the rates, for errors: `the rates`.
  package var title: String

  /// The separator of cells; nil for the most frequent of comma, semicolon, tab and bar in the header.
  package var delimiter: UInt8?

  /// The columns of the table.
  package var layout: TableLayout

  /// The meaning of the columns.
  package var columns: RateColumns

  /// The charset, if it is not UTF-8 and the server does not send it.
  package var charset: Charset?

  /// Finds the text inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// True if the publisher ends the last line, too; a body without that line break is truncated.
  package var endsEveryLine = false

  /// Checks that the text is valid.
  package var checks = BodyChecks<TextPattern>()

  package var takesLinearTime: Bool { inside.isEmpty && checks.isEmpty }

  /// Rates in separated text.
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
    var table = try layout.table(in: lines, columns: columns, title: title)
    if inside.isEmpty { table.markCutNumber(in: body) }
    return table
  }

  /// Splits a body into lines of cells, without blank lines; throws if it is not separated text.
  func grid(
    of body: [UInt8], contentType: String?, maximumLines: Int
  ) throws(ParseError) -> [TableLayout.Line] {
    let text = try BodyDecoder(title: title, charset: charset, inside: inside).text(
      of: body, contentType: contentType, .strict)
    let first = text.first { $0 > 0x20 }
    if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") {
      throw WrongPage.error(text, insteadOf: title)
    }
    if endsEveryLine, text.last != 0x0A {
      throw ParseError("\(title) are truncated: the last line has no line break")
    }
    if !checks.isEmpty {
      try checks.verify(in: text, insteadOf: title, PatternBudget())
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

  /// Returns the separator of the header's cells; if it has none, that of another line.
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
