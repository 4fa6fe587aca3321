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

  package var columns: RateColumns

  package var charset: Charset?

  /// What must, and what must not be on the page.
  package var marks = BodyMarks<XPath>()

  /// Rows of a table itself, not of tables in its cells, and the cells of a row.
  private static let rowPath = XPath(stated: "tr|thead/tr|tbody/tr|tfoot/tr")
  private static let cellPath = XPath(stated: "td|th")

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let tree = try XMLTree(
      MarkupText.text(
        of: body, .html, contentType: contentType, charset: charset, insteadOf: title), .html)
    try marks.check(insteadOf: title) { path throws(ParseError) in try tree.text(path.compiled()) }
    guard let table = try tree.nodes(tablePath.compiled()).first else {
      throw WrongPage.sentence(body, insteadOf: title)
    }
    let cellPath = try Self.cellPath.compiled()
    let text = try XPath(stated: ".").compiled()
    var grid: [TableLayout.Line] = []
    for row in try tree.nodes(Self.rowPath.compiled(), at: table) {
      var cells: [String] = []
      for cell in try tree.nodes(cellPath, at: row) {
        cells.append(RowTexts.name(try tree.text(text, at: cell) ?? ""))
      }
      if cells.contains(where: { !$0.isEmpty }) {
        grid.append(.init(number: XMLTree.line(of: row), cells: cells))
      }
      guard grid.count <= BodyLimits.maximumRows else {
        throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
      }
    }
    var found = try layout.table(
      in: grid, dateFormat: columns.date, isCurrency: columns.isCurrency, title: title)
    if let date { found.date = try tree.text(date.compiled()) }
    return found
  }
}
