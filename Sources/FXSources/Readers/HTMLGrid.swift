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
