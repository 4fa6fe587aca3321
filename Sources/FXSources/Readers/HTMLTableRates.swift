import FXCore

/// Reads rates from a table of an HTML page by the names of its columns.
package struct HTMLTableRates: TableReader {
  package var title: String

  /// Finds the table; the first one counts.
  package var tablePath: XPath

  /// Where what stands in it.
  package var layout: TableLayout

  /// Finds the day of the whole page.
  package var date: XPath?

  /// Finds what holds for all rows and stands elsewhere on the page.
  package var shared: [RateField: XPath] = [:]

  package var columns: RateColumns

  package var charset: Charset?

  /// Finds the document that is meant inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// What must, and what must not be on the page.
  package var marks = BodyMarks<XPath>()

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let tree = try XMLTree(
      MarkupText.text(
        of: body, .html, contentType: contentType, charset: charset, inside: inside,
        insteadOf: title), .html)
    try marks.check(insteadOf: title) { path throws(ParseError) in try tree.text(path.compiled()) }
    guard let table = try tree.nodes(tablePath.compiled()).first else {
      throw WrongPage.sentence(body, insteadOf: title)
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

/// The cells of an HTML table, each in all the places it spans.
enum HTMLGrid {
  /// Rows of a table itself, not of tables in its cells, and the cells of a row.
  private static let rowPath = XPath(stated: "tr|thead/tr|tbody/tr|tfoot/tr")
  private static let cellPath = XPath(stated: "td|th")

  /// The widest span that browsers follow (WHATWG HTML, `colspan`).
  private static let widestSpan = 1000

  /// The most cells of a table, those spanned counted.
  private static let maximumCells = 1_000_000

  /// A cell that goes on in the rows below.
  private struct Span {
    let text: String
    var rowsLeft: Int
  }

  /// The lines that have any text.
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
