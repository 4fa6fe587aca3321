import FXCore

/// The columns of a grid of cells, from CSV or an HTML table.
///
/// A row per rate, a column per currency, or a column per day.
package struct TableLayout: Hashable, Sendable {
  /// One line of cells.
  struct Line {
    /// The line number in the body, from 1.
    let number: Int

    var cells: [String]

    /// The cells that contain a number rather than text, as in a workbook.
    var numbers: Set<Int> = []
  }

  /// The line that contains the column names.
  package enum Header: Hashable, Sendable {
    /// The first line that is not skipped.
    case first
    /// The first line with a cell of this text, case-insensitive.
    case with(String)
    /// No line: columns are numbers.
    case none
  }

  package var header = Header.first

  /// The number of lines before the header; blank ones do not count.
  package var skippedLines = 0

  /// The name of each column, or its number from 1.
  package var fields: [RateField: String]

  /// The number of the line, from 1 and without blank ones, that contains the date of the table.
  package var dateLine: Int?

  /// The number of the line, counted in the same way, that contains the units of each column of a wide
  /// table.
  package var nominalLine: Int?

  /// The field that the column names contain, in a table with a column per currency or per day.
  package var wide: RateField?

  /// The texts that a row must contain, by column.
  package var filters: [String: String] = [:]

  /// The fields printed only in the first of several rows, and valid for blank cells below it.
  package var carried: Set<RateField> = []

  /// A layout with these columns.
  package init(fields: [RateField: String]) { self.fields = fields }

  /// The most rates of one wide table.
  private static let maximumCells = 1_000_000

  /// True if each row has its own date.
  var hasRowDates: Bool {
    dateLine == nil && (wide == .date || RateField.haveDate(fields.keys))
  }

  /// Reads the table in a grid of cells without blank lines.
  func table(
    in grid: [Line], columns: RateColumns, title: String
  ) throws(ParseError) -> PrintedTable {
    var rows: [PrintedRow] = []
    rows.reserveCapacity(grid.count)
    let passedOver = try eachRow(in: grid, columns: columns, title: title) {
      row throws(ParseError) in
      rows.append(row)
      guard rows.count <= Self.maximumCells else {
        throw ParseError("\(title) have more than \(Self.maximumCells) rates")
      }
    }
    if wide != nil {
      if rows.isEmpty, wide != .date { try refuseUndated(grid, columns, title) }
      rows = Self.newest(rows, columns.date)
    }
    return PrintedTable(rows: rows, date: day(grid), passedOver: passedOver)
  }

  /// The columns of a table under one header.
  private struct Block {
    let named: NamedColumns

    /// The index of the line with the units of the columns, and its cells.
    var units: (index: Int, cells: [String])?
  }

  /// Passes the rows to `handle` one by one; of a wide table, those of all days.
  ///
  /// Returns the tables below that have other columns and are not read.
  func eachRow(
    in grid: [Line], columns: RateColumns, title: String,
    _ handle: (PrintedRow) throws(ParseError) -> Void
  ) throws(ParseError) -> [SetAsideRow] {
    let start = try headerIndex(in: grid, title: title)
    var block: Block? = try firstBlock(in: grid, columns, title)
    let first = block?.named.names.first ?? ""
    var passedOver: [SetAsideRow] = []
    var above = FieldTexts()
    for index in ((start ?? skippedLines - 1) + 1)..<grid.count {
      let line = grid[index]
      if !first.isEmpty, line.cells.first == first {
        // The table continues below a repeated header, or another table begins.
        do throws(ParseError) {
          let named = try named(line.cells, columns)
          block = Block(named: named, units: try units(at: index, in: grid, after: start, title))
        } catch {
          block = nil
          passedOver.append(
            SetAsideRow(
              subject: "line \(line.number)", reason: "another table is not read: \(error.message)")
          )
        }
        continue
      }
      guard let block, index != block.units?.index else { continue }
      let isMeant = block.named.filters.allSatisfy { filter in
        filter.column < line.cells.count && RowTexts.name(line.cells[filter.column]) == filter.text
      }
      guard isMeant else { continue }
      if try isRow(line, at: index, block, columns) {
        try readLine(line, block, columns, &above, handle)
      }
    }
    return passedOver
  }

  /// Returns the columns of a table; throws if it lacks one that the layout names.
  private func firstBlock(
    in grid: [Line], _ columns: RateColumns, _ title: String
  ) throws(ParseError) -> Block {
    guard let start = try headerIndex(in: grid, title: title) else {
      return Block(named: NamedColumns(numbersOf: self))
    }
    let named = try named(grid[start].cells, columns)
    if wide != nil, named.rates.isEmpty { throw noRateColumns(named, columns, title) }
    return Block(named: named, units: try units(at: start, in: grid, after: start, title))
  }

  /// Returns the reason why a grid is not this table: it lacks a column or the header.
  func mismatch(of grid: [Line], columns: RateColumns, title: String) -> ParseError? {
    do throws(ParseError) {
      _ = try firstBlock(in: grid, columns, title)
      return nil
    } catch {
      return error
    }
  }

  private func named(
    _ names: [String], _ columns: RateColumns
  ) throws(ParseError) -> NamedColumns {
    try NamedColumns(names, of: self) { name in
      wide == .date ? columns.date.read(name) != nil : wide != nil && columns.isCurrency(name)
    }
  }

  /// Returns the line with the units of the columns under a header, as far below it as below the first;
  /// nil if the table has none.
  private func units(
    at header: Int, in grid: [Line], after first: Int?, _ title: String
  ) throws(ParseError) -> (index: Int, cells: [String])? {
    guard let nominalLine, let first else { return nil }
    let index = header + nominalLine - 1 - first
    guard grid.indices.contains(index) else {
      throw ParseError("\(title) have no line \(index + 1) with units; correct 'nominal_line'")
    }
    return (index, grid[index].cells)
  }

  /// The error for a wide table without rate columns.
  private func noRateColumns(
    _ named: NamedColumns, _ columns: RateColumns, _ title: String
  ) -> ParseError {
    let found = QuotedText.oneLine(named.names.joined(separator: ", "), maximumLength: 120)
    let expected =
      wide == .date
      ? "a date like \(columns.date.pattern)" : "a currency, or listed in 'names'"
    return ParseError("\(title) are missing: no column is \(expected); the columns are \(found)")
  }

  private func headerIndex(in grid: [Line], title: String) throws(ParseError) -> Int? {
    let isThere = grid.count > skippedLines + (header == .none ? 0 : 1)
    guard isThere else {
      throw ParseError("\(title) are missing: the text has \(grid.count) lines")
    }
    switch header {
    case .none: return nil
    case .first: return skippedLines
    case .with(let text):
      let wanted = RowTexts.name(text).lowercased()
      let index = grid[skippedLines...].firstIndex { line in
        line.cells.contains { RowTexts.name($0).lowercased() == wanted }
      }
      guard let index else {
        throw ParseError(
          "no line contains \(QuotedText.quoted(text)), the header of \(title)")
      }
      return index
    }
  }

  /// Throws if a wide table has lines but none with a valid date.
  private func refuseUndated(
    _ grid: [Line], _ columns: RateColumns, _ title: String
  ) throws(ParseError) {
    guard let start = try headerIndex(in: grid, title: title) else { return }
    let places = try NamedColumns(grid[start].cells, of: self) { _ in false }.places
    guard let column = places.first(where: { $0.field == .date })?.column else { return }
    let days = grid[(start + 1)...].compactMap { $0.cells.dropFirst(column).first }
    guard let text = days.first(where: { !$0.isEmpty }) else { return }
    throw ParseError(
      "\(title) have no line with a date like \(columns.date.pattern); found"
        + " \(QuotedText.quoted(text))")
  }

  /// True if a line is a row of rates rather than one that describes the columns of a wide table, which
  /// has no date.
  ///
  /// Throws if it contains units that no setting mentions: all its numbers are powers of ten, and not all
  /// are one.
  private func isRow(
    _ line: Line, at index: Int, _ block: Block, _ columns: RateColumns
  ) throws(ParseError) -> Bool {
    guard wide != nil, wide != .date,
      let column = block.named.places.first(where: { $0.field == .date })?.column,
      !carried.contains(.date),
      column >= line.cells.count || columns.date.read(line.cells[column]) == nil
    else { return true }
    guard nominalLine == nil, fields[.nominal] == nil, fields[.exponent] == nil else {
      return false
    }
    let cells = block.named.rates.filter { $0 < line.cells.count }.map { line.cells[$0] }
      .filter { !$0.isEmpty }
    func isPower(_ cell: String) -> Bool { UnitCount.isPowerOfTen(cell, columns.number) }
    guard cells.contains(where: isPower),
      cells.allSatisfy({ isPower($0) || UnitCount.read($0, columns.number) == 1 })
    else { return false }
    let found = QuotedText.oneLine(cells.joined(separator: ", "), maximumLength: 40)
    throw ParseError(
      "line \(index + 1) of the table seems to contain the numbers of units of its columns (\(found))"
        + columns.advice("write 'nominal_line: \(index + 1)'"))
  }

  /// Passes the rows of one line to `handle`.
  private func readLine(
    _ line: Line, _ block: Block, _ columns: RateColumns, _ above: inout FieldTexts,
    _ handle: (PrintedRow) throws(ParseError) -> Void
  ) throws(ParseError) {
    let named = block.named
    var shared = PrintedRow(
      FieldTexts(capacity: named.places.count + (wide == nil ? 0 : 3)), place: .line(line.number))
    for (field, column) in named.places where column < line.cells.count {
      shared.texts[field] = line.cells[column]
      if line.numbers.contains(column) { shared.texts.setPlainNumber(field, true) }
    }
    for field in carried {
      if let text = shared.texts[field], !text.isEmpty {
        above[field] = text
      } else {
        shared.texts[field] = above[field]
      }
    }
    guard let wide else { return try handle(shared) }
    // Lines that describe the columns have no date.
    if wide != .date, let day = shared.dateText, columns.date.read(day) == nil { return }
    for column in named.rates where column < line.cells.count {
      if columns.number.isAbsent(line.cells[column]) { continue }
      var row = shared
      row.texts[wide] = named.names[column]
      row.texts[.rate] = line.cells[column]
      if line.numbers.contains(column) { row.texts.setPlainNumber(.rate, true) }
      if let units = block.units, column < units.cells.count {
        row.texts[.nominal] = units.cells[column]
      }
      row.place = .column(column + 1, line: line.number)
      try handle(row)
    }
  }

  /// Returns only the rows of the newest day.
  private static func newest(_ rows: [PrintedRow], _ format: DateFormat) -> [PrintedRow] {
    let days = format.days(of: rows.lazy.map { $0.dateText })
    guard let newest = days.compactMap({ $0 }).max() else { return rows }
    return zip(rows, days).filter { $0.1 == newest }.map(\.0)
  }

  private func day(_ grid: [Line]) -> String? {
    guard let dateLine, grid.indices.contains(dateLine - 1) else { return nil }
    return grid[dateLine - 1].cells.joined(separator: " ")
  }
}
