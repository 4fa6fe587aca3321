import FXCore

/// Reads rates from a table of an HTML page by column names.
package struct HTMLTableRates: TableReader {
  package var title: String

  /// Finds the table; only the first match is used.
  package var tablePath: XPath

  /// The columns of the table.
  package var layout: TableLayout

  /// Finds the date of the whole page.
  package var date: XPath?

  /// Finds texts outside the table that apply to all rows.
  package var shared: [RateField: XPath] = [:]

  package var columns: RateColumns

  package var charset: Charset?

  /// Finds the document inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// Checks that the page is valid.
  package var checks = BodyChecks<XPath>()

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let tree = try XMLTree(
      MarkupText.text(
        of: body, .html, contentType: contentType, charset: charset, inside: inside,
        insteadOf: title), .html)
    try checks.verify(insteadOf: title) { path throws(ParseError) in
      try tree.text(path.compiled())
    }
    guard let table = try tree.nodes(tablePath.compiled()).first else {
      throw WrongPage.error(body, insteadOf: title)
    }
    let grid = try HTMLGrid.lines(of: table, in: tree, title: title)
    var found = try layout.table(in: grid, columns: columns, title: title)
    for (field, path) in shared {
      guard let text = try tree.text(path.compiled()) else { continue }
      for index in found.rows.indices { found.rows[index].texts[field] = text }
    }
    if let date { found.date = try tree.text(date.compiled()) }
    return found
  }
}

/// Expands an HTML table to a grid, with each cell in all the places it spans.
enum HTMLGrid {
  /// The rows of the table itself, not of nested tables, and the cells of a row.
  private static let rowPath = XPath(stated: "tr|thead/tr|tbody/tr|tfoot/tr")
  private static let cellPath = XPath(stated: "td|th")

  /// The widest span that browsers allow (WHATWG HTML, `colspan`).
  private static let widestSpan = 1000

  /// The most cells of a table, spanned ones included.
  private static let maximumCells = 1_000_000

  /// A cell that continues in the rows below.
  private struct Span {
    let text: String
    var rowsLeft: Int
  }

  /// Returns the lines that contain text.
  static func lines(
    of table: XMLTree.Node, in tree: XMLTree, title: String
  ) throws(ParseError) -> [TableLayout.Line] {
    let cellPath = try cellPath.compiled()
    let text = try XPath(stated: ".").compiled()
    let width = try XPath(stated: "@colspan").compiled()
    let height = try XPath(stated: "@rowspan").compiled()
    var lines: [TableLayout.Line] = []
    var spans: [Int: Span] = [:]
    var count = 0
    for row in try tree.nodes(rowPath.compiled(), at: table) {
      var cells: [String] = []
      func passSpans() {
        while let span = spans[cells.count] {
          spans[cells.count] =
            span.rowsLeft > 1 ? Span(text: span.text, rowsLeft: span.rowsLeft - 1) : nil
          cells.append(span.text)
        }
      }
      for cell in try tree.nodes(cellPath, at: row) {
        passSpans()
        let content = RowTexts.name(try tree.text(text, at: cell) ?? "")
        let columns = span(try tree.text(width, at: cell))
        let rows = span(try tree.text(height, at: cell))
        guard count + cells.count + columns <= maximumCells else {
          throw ParseError("\(title) are in a table of more than \(maximumCells) cells")
        }
        for _ in 0..<columns {
          if rows > 1 { spans[cells.count] = Span(text: content, rowsLeft: rows - 1) }
          cells.append(content)
        }
      }
      passSpans()
      count += cells.count
      if cells.contains(where: { !$0.isEmpty }) {
        lines.append(.init(number: XMLTree.line(of: row), cells: cells))
      }
      guard lines.count <= BodyLimits.maximumRows else {
        throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
      }
    }
    return lines
  }

  private static func span(_ text: String?) -> Int {
    let number = text.flatMap { Int(QuotedText.trimmed($0)) } ?? 1
    return min(max(1, number), widestSpan)
  }
}
