/// Expands HTML tables to grids, with each cell in all the places it spans.
///
/// Not Sendable: it exists within one reading.
struct HTMLGrid {
  /// The rows of the table itself, not of nested tables, and the cells of a row.
  private let rowPath: XPath.Compiled
  private let cellPath: XPath.Compiled
  private let text: XPath.Compiled
  private let width: XPath.Compiled
  private let height: XPath.Compiled

  /// The number of cells and of lines of all tables so far.
  private var count = 0
  private var lineCount = 0

  init() throws(ParseError) {
    rowPath = try XPath(stated: "tr|thead/tr|tbody/tr|tfoot/tr").compiled()
    cellPath = try XPath(stated: "td|th").compiled()
    text = try XPath(stated: ".").compiled()
    width = try XPath(stated: "@colspan").compiled()
    height = try XPath(stated: "@rowspan").compiled()
  }

  /// The widest span that browsers allow (WHATWG HTML, `colspan`).
  private static let widestSpan = 1000

  /// The most cells of all tables, spanned ones included.
  private static let maximumCells = 1_000_000

  /// A cell that continues in the rows below.
  private struct Span {
    let text: String
    var rowsLeft: Int
  }

  /// Returns the lines that contain text.
  mutating func lines(
    of table: XMLTree.Node, in tree: XMLTree, title: String
  ) throws(ParseError) -> [TableLayout.Line] {
    var lines: [TableLayout.Line] = []
    var spans: [Int: Span] = [:]
    for row in try tree.nodes(rowPath, at: table) {
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
        let columns = Self.span(try tree.text(width, at: cell))
        let rows = Self.span(try tree.text(height, at: cell))
        guard count + cells.count + columns <= Self.maximumCells else {
          throw ParseError("\(title) are in tables of more than \(Self.maximumCells) cells")
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
        lineCount += 1
      }
      guard lineCount <= BodyLimits.maximumRows else {
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
