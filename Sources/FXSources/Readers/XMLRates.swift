package import FXCore

/// Reads rates from XML or HTML: rows and their texts by XPath.
package struct XMLRates: SourceReader {
  /// Which parser reads the body.
  package enum Markup: Hashable, Sendable {
    /// Strict; an HTML page is a wrong page.
    case xml
    /// As browsers do; bytes that are no text become U+FFFD.
    case html
  }

  package var markup = Markup.xml

  /// What the source prints, for errors: `the ECB's reference rates`.
  package var title: String

  /// Finds the element of each row.
  package var rows: XPath

  /// Finds each text, from the row's element.
  package var fields: [RateField: XPath]

  /// Finds the day of the whole document.
  package var date: XPath?

  /// What the texts mean.
  package var columns: RateColumns

  /// The charset, where the document does not say it rightly.
  package var charset: Charset?

  /// Rows of an XML document.
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

  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    let tree = try tree(body, contentType: contentType)
    let found = try tree.nodes(rows.compiled())
    guard !found.isEmpty else {
      if markup == .html { throw WrongPage.sentence(body, insteadOf: title) }
      throw ParseError(
        "\(title) are missing: the XML <\(QuotedText.oneLine(tree.rootName, maximumLength: 40))>"
          + " is whole, and the list in it empty")
    }
    guard found.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let paths = try compiledFields()
    var printed: [PrintedRow] = []
    for node in found { printed.append(try row(at: node, of: tree, paths)) }
    let day = try date.map { path throws(ParseError) in try tree.text(path.compiled()) } ?? nil
    return try columns.reading(of: printed, date: day, title: title)
  }

  /// The document of a body that is not something else.
  func tree(_ body: [UInt8], contentType: String?) throws(ParseError) -> XMLTree {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    if markup == .xml, WrongPage.isHTML(body) { throw WrongPage.sentence(body, insteadOf: title) }
    let text = try CharsetDetection.decode(
      body, contentType: contentType, declared: charset, markup == .xml ? .strict : .lenient)
    guard text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else {
      throw WrongPage.sentence(text, insteadOf: title)
    }
    return try XMLTree(text, markup)
  }

  /// The paths of a row's texts, ready to be asked.
  func compiledFields() throws(ParseError) -> [(field: RateField, path: XPath.Compiled)] {
    var paths: [(field: RateField, path: XPath.Compiled)] = []
    for (field, path) in fields { paths.append((field, try path.compiled())) }
    return paths
  }

  /// The texts of one row.
  func row(
    at node: XMLTree.Node, of tree: XMLTree, _ paths: [(field: RateField, path: XPath.Compiled)]
  ) throws(ParseError) -> PrintedRow {
    var row = PrintedRow([:])
    for (field, path) in paths { row.texts[field] = try tree.text(path, at: node) }
    return row
  }
}
