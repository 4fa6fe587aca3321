package import FXCore

/// Reads rates from separated text: CSV, TSV, or with any other separator; a row per rate, or a
/// column per currency.
package struct CSVRates: SourceReader {
  /// What the source prints, for errors: `the rates`.
  package var title: String

  /// What separates cells; nil for the most frequent of comma, semicolon, tab and bar in the header.
  package var delimiter: UInt8?

  /// Lines before the one with the columns' names; blank ones do not count.
  package var skippedLines: Int

  /// The name of each column, or its number from 1.
  package var fields: [RateField: String]

  /// The line, from 1 and without blank ones, that begins with the day of the whole table.
  package var dateLine: Int?

  /// Which of the pair the columns' names are, in a table with a column for each currency.
  ///
  /// The newest row with figures is then the table.
  package var wide: RateField?

  /// What the texts mean.
  package var columns: RateColumns

  /// The charset, where it is not UTF-8 and not said by the server.
  package var charset: Charset?

  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    let text = try CharsetDetection.decode(
      body, contentType: contentType, declared: charset, .strict)
    let first = text.first { $0 > 0x20 }
    if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") {
      throw WrongPage.sentence(text, insteadOf: title)
    }
    let lines = text.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
      .filter { line in line.contains { $0 > 0x20 } }
    guard lines.count > skippedLines + 1 else {
      throw ParseError("\(title) are missing: the text has \(lines.count) lines")
    }
    guard lines.count - skippedLines <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let header = lines[skippedLines]
    let separator = delimiter ?? Self.separator(of: header)
    let names = try CSVLine.cells(header, separator)
    var places: [(field: RateField, column: Int)] = []
    for (field, name) in fields { places.append((field, try column(name, of: names))) }
    var rows: [PrintedRow] = []
    for line in lines[(skippedLines + 1)...] {
      let cells = try CSVLine.cells(line, separator)
      if let wide {
        rows += wideRows(cells, names: names, currency: wide, places: places)
      } else {
        var row = PrintedRow([:])
        for (field, column) in places where column < cells.count {
          row.texts[field] = cells[column]
        }
        rows.append(row)
      }
      guard rows.count <= Self.maximumCells else {
        throw ParseError("\(title) have more than \(Self.maximumCells) figures")
      }
    }
    return try columns.reading(
      of: wide == nil ? rows : Self.newest(rows, columns.date), date: day(lines), title: title)
  }

  /// Figures of one wide table that are looked at.
  private static let maximumCells = 1_000_000

  func column(_ name: String, of names: [String]) throws(ParseError) -> Int {
    if let column = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
      return column
    }
    if let number = Int(name), names.indices.contains(number - 1) { return number - 1 }
    let found = QuotedText.oneLine(names.joined(separator: ", "), maximumLength: 120)
    throw ParseError("the text has no column \(QuotedText.quoted(name)); its columns are \(found)")
  }

  /// One row for each column that is named by a currency and has a figure.
  private func wideRows(
    _ cells: [String], names: [String], currency: RateField,
    places: [(field: RateField, column: Int)]
  ) -> [PrintedRow] {
    var rows: [PrintedRow] = []
    for (column, cell) in cells.enumerated() where column < names.count {
      let name = names[column]
      guard isCurrency(name), !NumberFormat.isAbsent(cell) else { continue }
      var row = PrintedRow([currency: name, .rate: cell])
      for (field, column) in places where column < cells.count { row.texts[field] = cells[column] }
      rows.append(row)
    }
    return rows
  }

  /// Whether a column of a wide table is of a currency: an index such as TWI is not.
  func isCurrency(_ name: String) -> Bool {
    columns.names[name] != nil
      || Currency(name).map { CurrencyRegistry.status(of: $0) != .unknown } ?? false
  }

  private static func newest(_ rows: [PrintedRow], _ format: DateFormat) -> [PrintedRow] {
    let days = rows.map { $0.texts[.date].flatMap(format.read) }
    guard let newest = days.compactMap({ $0 }).max() else { return rows }
    return zip(rows, days).filter { $0.1 == newest }.map(\.0)
  }

  private func day(_ lines: [ArraySlice<UInt8>]) -> String? {
    guard let dateLine, lines.indices.contains(dateLine - 1) else { return nil }
    return String(decoding: lines[dateLine - 1], as: UTF8.self)
  }

  static func separator(of header: ArraySlice<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    let counts = candidates.map { candidate in header.count { $0 == candidate } }
    let best = zip(candidates, counts).max { $0.1 < $1.1 }
    return best?.0 ?? UInt8(ascii: ",")
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
