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
      BodyDecoder(title: title, charset: charset, inside: inside).text(
        of: body, contentType: contentType, .html), .html)
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
