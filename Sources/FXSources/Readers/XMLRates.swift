import FXCore

/// Reads rates from XML or HTML: rows and fields by XPath.
package struct XMLRates: TableReader {
  /// The parser of the body.
  package enum Markup: Hashable, Sendable {
    /// libxml2's XML parser; an HTML page is an error.
    case xml
    /// libxml2's HTML parser, with error recovery; invalid bytes become U+FFFD.
    case html
  }

  package var markup = Markup.xml

  /// The name of the rates, for errors: `the ECB's reference rates`.
  package var title: String

  /// Finds the element of each row.
  package var rows: XPath

  /// Finds each field, from the row's element.
  package var fields: [RateField: XPath]

  /// Finds the date of the whole document.
  package var date: XPath?

  /// The meaning of the columns.
  package var columns: RateColumns

  /// The charset, if the document declares a wrong one or none.
  package var charset: Charset?

  /// The texts that a row must contain.
  package var filters: [XPath: String] = [:]

  /// Checks that the document is valid.
  package var checks = BodyChecks<XPath>()

  /// Finds the document inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  /// Rates in an XML or HTML document.
  package init(
    _ markup: Markup = .xml, title: String, rows: XPath, fields: [RateField: XPath],
    date: XPath? = nil,
    columns: RateColumns, charset: Charset? = nil
  ) {
    self.markup = markup
    self.title = title
    self.rows = rows
    self.fields = fields
    self.date = date
    self.columns = columns
    self.charset = charset
  }

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let tree = try tree(body, contentType: contentType)
    try checks.verify(insteadOf: title) { path throws(ParseError) in
      try tree.text(path.compiled())
    }
    let found = try tree.nodes(rows.compiled())
    guard !found.isEmpty else {
      if markup == .html { throw WrongPage.error(body, insteadOf: title) }
      throw ParseError(
        "\(title) are missing: the XML <\(QuotedText.oneLine(tree.rootName, maximumLength: 40))>"
          + " is complete, but its list is empty")
    }
    guard found.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let query = try RowQuery(self)
    var printed: [PrintedRow] = []
    for (index, node) in found.enumerated() {
      guard var row = try query.row(at: node, of: tree) else { continue }
      row.place = .row(index + 1, of: rows.text, line: XMLTree.line(of: node))
      printed.append(row)
    }
    let day = try date.map { path throws(ParseError) in try tree.text(path.compiled()) } ?? nil
    return PrintedTable(rows: printed, date: day, hint: found.first.map { XMLTree.hint(of: $0) })
  }

  /// The compiled paths for the fields and filters of a row.
  struct RowQuery {
    private var paths: [(field: RateField, path: XPath.Compiled)] = []
    private var filters: [(path: XPath.Compiled, text: String)] = []

    init(_ rates: XMLRates) throws(ParseError) {
      for (field, path) in rates.fields { paths.append((field, try path.compiled())) }
      for (path, text) in rates.filters { filters.append((try path.compiled(), text)) }
    }

    /// Reads the texts of one row; nil if a filter excludes it.
    func row(at node: XMLTree.Node, of tree: XMLTree) throws(ParseError) -> PrintedRow? {
      for (path, text) in filters {
        guard try tree.text(path, at: node).map(RowTexts.name) == text else { return nil }
      }
      var row = PrintedRow(FieldTexts(capacity: paths.count))
      for (field, path) in paths { row.texts[field] = try tree.text(path, at: node) }
      return row
    }
  }

  /// Parses a body; throws if it is not markup.
  func tree(_ body: [UInt8], contentType: String?) throws(ParseError) -> XMLTree {
    try XMLTree(
      BodyDecoder(title: title, charset: charset, inside: inside).text(
        of: body, contentType: contentType, markup), markup)
  }
}
