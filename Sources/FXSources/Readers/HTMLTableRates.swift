import FXCore

/// Reads rates from a table of an HTML page by column names.
package struct HTMLTableRates: TableReader {
  package var title: String

  /// Finds the tables; those without the columns are passed over where another has them.
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
    let tree = try tree(body, contentType: contentType)
    var tables: [PrintedTable] = []
    try eachGrid(in: tree, of: body) { grid throws(ParseError) in
      tables.append(try layout.table(in: grid, columns: columns, title: title))
    }
    var found = Self.joined(tables)
    for (field, text) in try sharedTexts(in: tree) {
      for index in found.rows.indices { found.rows[index].texts[field] = text }
    }
    if let date { found.date = try tree.text(date.compiled()) }
    return found
  }

  /// Parses a body; throws if it is not the page.
  func tree(_ body: [UInt8], contentType: String?) throws(ParseError) -> XMLTree {
    let tree = try XMLTree(
      BodyDecoder(title: title, charset: charset, inside: inside).text(
        of: body, contentType: contentType, .html), .html)
    try checks.verify(insteadOf: title) { path throws(ParseError) in
      try tree.text(path.compiled())
    }
    return tree
  }

  /// Returns the texts outside of the tables.
  func sharedTexts(in tree: XMLTree) throws(ParseError) -> [RateField: String] {
    var texts: [RateField: String] = [:]
    for (field, path) in shared { texts[field] = try tree.text(path.compiled()) }
    return texts
  }

  /// Passes the grid of each table with the columns to `handle`; throws if none has them.
  func eachGrid(
    in tree: XMLTree, of body: [UInt8],
    _ handle: ([TableLayout.Line]) throws(ParseError) -> Void
  ) throws(ParseError) {
    let nodes = try tree.nodes(tablePath.compiled())
    guard !nodes.isEmpty else { throw WrongPage.error(body, insteadOf: title) }
    var grids = try HTMLGrid()
    var problem: ParseError?
    var isFound = false
    for node in nodes {
      let lines = try grids.lines(of: node, in: tree, title: title)
      if let mismatch = layout.mismatch(of: lines, columns: columns, title: title) {
        problem = problem ?? mismatch
      } else {
        isFound = true
        try handle(lines)
      }
    }
    if !isFound, let problem { throw problem }
  }

  /// Joins the tables of a page; where they have dates of their own, each row has that of its table.
  private static func joined(_ tables: [PrintedTable]) -> PrintedTable {
    guard var first = tables.first, tables.count > 1 else {
      return tables.first ?? PrintedTable(rows: [])
    }
    let sharesDate = tables.allSatisfy { $0.date == first.date }
    first.rows = tables.flatMap { table in
      guard !sharesDate, let date = table.date else { return table.rows }
      return table.rows.map { row in
        var row = row
        row.texts[.date] = date
        return row
      }
    }
    if !sharesDate { first.date = nil }
    first.passedOver = tables.flatMap(\.passedOver)
    return first
  }
}
