import FXCore

/// Where what stands in a table of cells: CSV's, or an HTML table's.
///
/// A row per rate, a column for each currency, or a column for each day.
package struct TableLayout: Hashable, Sendable {
  /// One line of cells.
  struct Line {
    /// Its number in the body, from 1.
    let number: Int

    let cells: [String]
  }

  /// How the columns get their names.
  package enum Header: Hashable, Sendable {
    /// The first line that is not skipped.
    case first
    /// The first line with a cell of this text, in any case.
    case with(String)
    /// There are no names: columns are numbers.
    case none
  }

  package var header = Header.first

  /// Lines before the one with the columns' names; blank ones do not count.
  package var skippedLines = 0

  /// The name of each column, or its number from 1.
  package var fields: [RateField: String]

  /// The line, from 1 and without blank ones, that begins with the day of the whole table.
  package var dateLine: Int?

  /// What the columns' names are, in a table with a column for each currency or each day.
  package var wide: RateField?

  /// Texts that columns must have in a row that counts.
  package var filters: [String: String] = [:]

  /// What is printed only in the first row it holds for, and holds for the blank cells below it.
  package var carried: Set<RateField> = []

  /// A layout with these columns.
  package init(fields: [RateField: String]) { self.fields = fields }

  /// Figures of one wide table that are looked at.
  private static let maximumCells = 1_000_000

  /// The table in a grid of cells, without lines that are blank.
  func table(
    in grid: [Line], columns: RateColumns, title: String
  ) throws(ParseError) -> PrintedTable {
    var rows: [PrintedRow] = []
    rows.reserveCapacity(grid.count)
    try eachRow(in: grid, columns: columns, title: title) { row throws(ParseError) in
      rows.append(row)
      guard rows.count <= Self.maximumCells else {
        throw ParseError("\(title) have more than \(Self.maximumCells) figures")
      }
    }
    if wide != nil {
      if rows.isEmpty, wide != .date { try refuseUndated(grid, columns, title) }
      rows = Self.newest(rows, columns.date)
    }
    return PrintedTable(rows: rows, date: day(grid))
  }

  /// Gives `take` the rows one by one, of a wide table those of all days.
  func eachRow(
    in grid: [Line], columns: RateColumns, title: String,
    _ take: (PrintedRow) throws(ParseError) -> Void
  ) throws(ParseError) {
    let start = try headerIndex(in: grid, title: title)
    func named(_ names: [String]) throws(ParseError) -> NamedColumns {
      try NamedColumns(names, of: self) { name in
        wide == .date ? columns.date.read(name) != nil : wide != nil && columns.isCurrency(name)
      }
    }
    var current = NamedColumns(numbersOf: self)
    if let start { current = try named(grid[start].cells) }
    if wide != nil, current.figures.isEmpty { throw noFigures(current, columns, title) }
    var above = FieldTexts()
    for line in grid[((start ?? skippedLines - 1) + 1)...] {
      if let first = current.names.first, !first.isEmpty, line.cells.first == first {
        // The table is continued below a header of its own.
        current = try named(line.cells)
        continue
      }
      let isMeant = current.filters.allSatisfy { filter in
        filter.column < line.cells.count && RowTexts.name(line.cells[filter.column]) == filter.text
      }
      if isMeant { try found(in: line, current, columns, &above, take) }
    }
  }

  /// Why a wide table without columns of figures is none.
  private func noFigures(
    _ named: NamedColumns, _ columns: RateColumns, _ title: String
  ) -> ParseError {
    let found = QuotedText.oneLine(named.names.joined(separator: ", "), maximumLength: 120)
    let expected =
      wide == .date
      ? "a day written as \(columns.date.pattern)" : "a currency, or listed in 'names'"
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
          "the text has no line with \(QuotedText.quoted(text)), the header of \(title)")
      }
      return index
    }
  }

  /// Throws where a wide table has lines, and none is of a day.
  private func refuseUndated(
    _ grid: [Line], _ columns: RateColumns, _ title: String
  ) throws(ParseError) {
    guard let start = try headerIndex(in: grid, title: title) else { return }
    let places = try NamedColumns(grid[start].cells, of: self) { _ in false }.places
    guard let column = places.first(where: { $0.field == .date })?.column else { return }
    let days = grid[(start + 1)...].compactMap { $0.cells.dropFirst(column).first }
    guard let text = days.first(where: { !$0.isEmpty }) else { return }
    throw ParseError(
      "\(title) have no line with a day written as \(columns.date.pattern); one has"
        + " \(QuotedText.quoted(text)) there")
  }

  /// Gives on the rows of one line.
  private func found(
    in line: Line, _ named: NamedColumns, _ columns: RateColumns,
    _ above: inout FieldTexts,
    _ take: (PrintedRow) throws(ParseError) -> Void
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
    guard let wide else { return try take(shared) }
    // Lines that only describe the columns have no day.
    if wide != .date, let day = shared.dateText, columns.date.read(day) == nil { return }
    for column in named.figures where column < line.cells.count {
      if columns.number.isAbsent(line.cells[column]) { continue }
      var row = shared
      row.texts[wide] = named.names[column]
      row.texts[.rate] = line.cells[column]
      row.place = .column(column + 1, line: line.number)
      try take(row)
    }
  }

  /// Only the rows of the newest day, which are the table that is meant.
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

/// The columns of a layout by their places under one header.
private struct NamedColumns {
  let names: [String]
  let places: [(field: RateField, column: Int)]
  let filters: [(column: Int, text: String)]

  /// The columns of a wide table that hold figures.
  let figures: [Int]

  init(
    _ names: [String], of layout: TableLayout, hasFigures: (String) -> Bool
  ) throws(ParseError) {
    self.names = names
    var places: [(field: RateField, column: Int)] = []
    for field in RateField.allCases {
      guard let name = layout.fields[field] else { continue }
      places.append((field, try Self.column(name, of: names)))
    }
    var filters: [(column: Int, text: String)] = []
    for (name, text) in layout.filters { filters.append((try Self.column(name, of: names), text)) }
    figures = names.indices.filter { column in
      hasFigures(names[column]) && !places.contains { $0.column == column }
    }
    self.places = places
    self.filters = filters
  }

  /// Columns without names.
  init(numbersOf layout: TableLayout) {
    names = []
    figures = []
    places = layout.fields.compactMap { field, number in
      Int(number).map { (field, $0 - 1) }
    }.filter { $0.column >= 0 }
    filters = layout.filters.compactMap { number, text in Int(number).map { ($0 - 1, text) } }
      .filter { $0.column >= 0 }
  }

  private static func column(_ name: String, of names: [String]) throws(ParseError) -> Int {
    let wanted = RowTexts.name(name).lowercased()
    if let column = names.firstIndex(where: { RowTexts.name($0).lowercased() == wanted }) {
      return column
    }
    if let number = Int(name), names.indices.contains(number - 1) { return number - 1 }
    let found = QuotedText.oneLine(names.joined(separator: ", "), maximumLength: 120)
    throw ParseError("the text has no column \(QuotedText.quoted(name)); its columns are \(found)")
  }
}
