import FXCore

/// The cells of one sheet as the grid that tables share.
struct WorkbookGrid {
  private let workbook: Workbook
  private let title: String

  /// Writes the days of cells.
  private let date: DateFormat

  /// The most cells of a sheet, empty ones between others included.
  private static let maximumCells = 1_000_000

  /// The most columns: enough for two thousand days across.
  private static let maximumColumns = 2000

  /// The rows that a sheet can have by its format.
  private static let rows = 1...1_048_576

  /// The cells of a workbook; days are written as `date` reads them.
  init(_ workbook: Workbook, date: DateFormat, title: String) {
    self.workbook = workbook
    self.title = title
    self.date = date.canWrite ? date : .iso
  }

  /// Returns the lines that contain text; a merged cell is in all the places it covers.
  func lines(
    ofSheet name: String?, maximumLines: Int
  ) throws(ParseError) -> [TableLayout.Line] {
    let tree = try workbook.document(ofSheet: name)
    var lines: [TableLayout.Line] = []
    var count = 0
    var number = 0
    try tree.eachNode(XPath(stated: "/worksheet/sheetData/row")) { row throws(ParseError) in
      number = XMLTree.attribute("r", of: row).flatMap { Self.row($0) } ?? number + 1
      let line = try line(of: row, number: number)
      count += line.cells.count
      guard count <= Self.maximumCells, lines.count <= maximumLines else {
        throw ParseError("\(title) are in a sheet of more than \(maximumLines) rows")
      }
      lines.append(line)
    }
    try tree.eachNode(XPath(stated: "/worksheet/mergeCells/mergeCell")) { node throws(ParseError) in
      guard let area = XMLTree.attribute("ref", of: node).flatMap({ Self.area($0) }) else { return }
      count += area.rows.count * area.columns.count
      guard count <= Self.maximumCells else {
        throw ParseError("\(title) are in a sheet of more than \(Self.maximumCells) cells")
      }
      Self.fill(area, in: &lines)
    }
    return lines.filter { $0.cells.contains { !$0.isEmpty } }
  }

  private func line(
    of row: XMLTree.Node, number: Int
  ) throws(ParseError) -> TableLayout.Line {
    var cells: [String] = []
    var numbers: Set<Int> = []
    for node in XMLTree.children(of: row) where XMLTree.hasName("c", node) {
      let column =
        XMLTree.attribute("r", of: node).flatMap { Self.place($0)?.column } ?? cells.count
      guard column < Self.maximumColumns else {
        throw ParseError("\(title) are in a sheet of more than \(Self.maximumColumns) columns")
      }
      // A column that is not to the right of the last is invalid.
      guard column >= cells.count else { continue }
      while cells.count < column { cells.append("") }
      let (text, isNumber) = try text(of: node)
      if isNumber { numbers.insert(column) }
      cells.append(text)
    }
    return TableLayout.Line(number: number, cells: cells, numbers: numbers)
  }

  /// Returns the text of a cell, and whether it is a number.
  private func text(of cell: XMLTree.Node) throws(ParseError) -> (text: String, isNumber: Bool) {
    var value: String?
    var inline: String?
    for child in XMLTree.children(of: cell) {
      if XMLTree.hasName("v", child) { value = XMLTree.content(of: child) }
      if XMLTree.hasName("is", child) { inline = Workbook.text(of: child) }
    }
    switch XMLTree.attribute("t", of: cell) {
    case "s":
      guard let index = value.flatMap({ Int($0) }) else { return ("", false) }
      guard workbook.sharedTexts.indices.contains(index) else {
        throw ParseError("the workbook is damaged: it has no text \(index)")
      }
      return (RowTexts.name(workbook.sharedTexts[index]), false)
    case "inlineStr": return (RowTexts.name(inline ?? ""), false)
    case "str", "d", "e", "b": return (RowTexts.name(value ?? ""), false)
    default: return number(value ?? "", of: cell)
    }
  }

  private func number(_ text: String, of cell: XMLTree.Node) -> (text: String, isNumber: Bool) {
    let text = String(QuotedText.trimmed(text))
    guard let value = WorkbookNumber.plain(text) else { return (text, false) }
    let style = XMLTree.attribute("s", of: cell).flatMap { Int($0) } ?? 0
    if workbook.isDateStyle.indices.contains(style), workbook.isDateStyle[style],
      let day = SpreadsheetDate.day(value, from1904: workbook.startsIn1904)
    {
      return (date.text(of: day), false)
    }
    return (value, true)
  }

  // MARK: Places

  /// A rectangle of cells, with the first index of each side 0.
  private struct Area {
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>
  }

  /// Returns the row, from 1, and the column, from 0, of a reference such as `AB12`.
  private static func place(_ reference: some StringProtocol) -> (row: Int, column: Int)? {
    var column = 0
    let letters = reference.utf8.prefix { (0x41...0x5A).contains($0) }
    guard (1...3).contains(letters.count) else { return nil }
    for letter in letters { column = column * 26 + Int(letter) - 0x40 }
    return row(reference.dropFirst(letters.count)).map { ($0, column - 1) }
  }

  /// Returns the number of a row; nil for one that no sheet has.
  private static func row(_ text: some StringProtocol) -> Int? {
    Int(text).flatMap { rows.contains($0) ? $0 : nil }
  }

  private static func area(_ reference: String) -> Area? {
    let corners = reference.split(separator: ":").compactMap { place($0) }
    guard corners.count == 2, corners[0].row <= corners[1].row,
      corners[0].column <= corners[1].column, corners[1].column < maximumColumns
    else { return nil }
    return Area(
      rows: corners[0].row...corners[1].row, columns: corners[0].column...corners[1].column)
  }

  /// Copies the first cell of an area to its other cells.
  private static func fill(_ area: Area, in lines: inout [TableLayout.Line]) {
    guard let first = lines.firstIndex(where: { $0.number == area.rows.lowerBound }),
      area.columns.lowerBound < lines[first].cells.count
    else { return }
    let text = lines[first].cells[area.columns.lowerBound]
    let isNumber = lines[first].numbers.contains(area.columns.lowerBound)
    for index in lines.indices[first...] {
      guard lines[index].number <= area.rows.upperBound else { break }
      for column in area.columns {
        while lines[index].cells.count <= column { lines[index].cells.append("") }
        lines[index].cells[column] = text
        if isNumber { lines[index].numbers.insert(column) }
      }
    }
  }
}
