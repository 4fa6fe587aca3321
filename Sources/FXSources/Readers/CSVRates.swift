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
    return try layout.table(
      in: lines, dateFormat: columns.date, isCurrency: columns.isCurrency, title: title)
  }

  /// The cells of a body that is not something else, line by line without blank ones.
  func grid(
    of body: [UInt8], contentType: String?, maximumLines: Int
  ) throws(ParseError) -> [TableLayout.Line] {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    let text = try CharsetDetection.decode(
      body, contentType: contentType, declared: charset, .strict)
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
    var lines: [(number: Int, text: ArraySlice<UInt8>)] = []
    var number = 1
    let lineEnd: UInt8 = text.contains(0x0A) ? 0x0A : 0x0D
    for line in text.split(separator: lineEnd, omittingEmptySubsequences: false) {
      if line.contains(where: { $0 > 0x20 }) { lines.append((number, line)) }
      number += 1
    }
    guard lines.count <= maximumLines else {
      throw ParseError("\(title) have more than \(maximumLines) rows")
    }
    let separator =
      delimiter
      ?? Self.separator(
        of: lines.dropFirst(layout.skippedLines).first?.text ?? [],
        or: lines.dropFirst(lines.count / 2).first?.text ?? [])
    var grid: [TableLayout.Line] = []
    for line in lines {
      grid.append(.init(number: line.number, cells: try CSVLine.cells(line.text, separator)))
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

extension RateColumns {
  /// Whether a text names a currency in use or withdrawn: an index such as TWI is none.
  func isCurrency(_ name: String) -> Bool {
    names[RowTexts.name(name)] != nil
      || patterns[.base] != nil || patterns[.quote] != nil || patterns[.pair] != nil
      || Currency(name).map { CurrencyRegistry.status(of: $0) != .unknown } ?? false
  }
}

/// One line of separated text (RFC 4180, but a quoted cell ends with its line).
enum CSVLine {
  /// The most cells of a line; the widest table known has 41 currencies.
  private static let maximumCells = 2000

  /// The cells without the white space around them, quotes taken off.
  static func cells(
    _ line: ArraySlice<UInt8>, _ separator: UInt8
  ) throws(ParseError) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        cells.append(text(cell))
        cell.removeAll(keepingCapacity: true)
        guard cells.count < maximumCells else {
          throw ParseError("the text has a line of more than \(maximumCells) cells")
        }
      } else {
        cell.append(byte)
      }
    }
    cells.append(text(cell))
    return cells
  }

  private static func text(_ cell: [UInt8]) -> String {
    String(QuotedText.trimmed(String(decoding: cell, as: UTF8.self)))
  }
}
