import FXCore

/// The columns of a grid of cells, from CSV or an HTML table.
///
/// A row per rate, a column per currency, or a column per day.
package struct TableLayout: Hashable, Sendable {
  /// One line of cells.
  struct Line {
    /// The line number in the body, from 1.
    let number: Int

    let cells: [String]
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

  /// Reads the table in a grid of cells without blank lines.
  func table(
    in grid: [Line], columns: RateColumns, title: String
  ) throws(ParseError) -> PrintedTable {
    var rows: [PrintedRow] = []
    rows.reserveCapacity(grid.count)
    try eachRow(in: grid, columns: columns, title: title) { row throws(ParseError) in
      rows.append(row)
      guard rows.count <= Self.maximumCells else {
        throw ParseError("\(title) have more than \(Self.maximumCells) rates")
      }
    }
    if wide != nil {
      if rows.isEmpty, wide != .date { try refuseUndated(grid, columns, title) }
      rows = Self.newest(rows, columns.date)
    }
    return PrintedTable(rows: rows, date: day(grid))
  }

  /// Passes the rows to `handle` one by one; of a wide table, those of all days.
  func eachRow(
    in grid: [Line], columns: RateColumns, title: String,
    _ handle: (PrintedRow) throws(ParseError) -> Void
  ) throws(ParseError) {
    let start = try headerIndex(in: grid, title: title)
    func named(_ names: [String]) throws(ParseError) -> NamedColumns {
      try NamedColumns(names, of: self) { name in
        wide == .date ? columns.date.read(name) != nil : wide != nil && columns.isCurrency(name)
      }
    }
    var current = NamedColumns(numbersOf: self)
    if let start { current = try named(grid[start].cells) }
    if wide != nil, current.rates.isEmpty { throw noRateColumns(current, columns, title) }
    var above = FieldTexts()
    for line in grid[((start ?? skippedLines - 1) + 1)...] {
      if let first = current.names.first, !first.isEmpty, line.cells.first == first {
        // The table continues below a repeated header.
        current = try named(line.cells)
        continue
      }
      let isMeant = current.filters.allSatisfy { filter in
        filter.column < line.cells.count && RowTexts.name(line.cells[filter.column]) == filter.text
      }
      if isMeant { try readLine(line, current, columns, &above, handle) }
    }
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

  /// Passes the rows of one line to `handle`.
  private func readLine(
    _ line: Line, _ named: NamedColumns, _ columns: RateColumns,
    _ above: inout FieldTexts,
    _ handle: (PrintedRow) throws(ParseError) -> Void
  ) throws(ParseError) {
    var shared = PrintedRow(
      FieldTexts(capacity: named.places.count + (wide == nil ? 0 : 2)), place: .line(line.number))
    for (field, column) in named.places where column < line.cells.count {
      shared.texts[field] = line.cells[column]
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
