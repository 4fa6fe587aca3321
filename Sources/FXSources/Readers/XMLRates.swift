import FXCore

/// Reads rates from XML or HTML: rows and their texts by XPath.
package struct XMLRates: TableReader {
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

  /// Texts that a row must have to be one.
  package var filters: [XPath: String] = [:]

  /// What must, and what must not be in the document.
  package var marks = BodyMarks<XPath>()

  /// Finds the document that is meant inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

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

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let tree = try tree(body, contentType: contentType)
    try marks.check(insteadOf: title) { path throws(ParseError) in try tree.text(path.compiled()) }
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
    let asked = try Asked(self)
    var printed: [PrintedRow] = []
    for (index, node) in found.enumerated() {
      guard var row = try asked.row(at: node, of: tree) else { continue }
      row.place = .row(index + 1, of: rows.text, line: XMLTree.line(of: node))
      printed.append(row)
    }
    let day = try date.map { path throws(ParseError) in try tree.text(path.compiled()) } ?? nil
    return PrintedTable(rows: printed, date: day, hint: found.first.map { XMLTree.hint(of: $0) })
  }

  /// What is asked of each row, ready to be asked.
  struct Asked {
    private var paths: [(field: RateField, path: XPath.Compiled)] = []
    private var filters: [(path: XPath.Compiled, text: String)] = []

    init(_ rates: XMLRates) throws(ParseError) {
      for (field, path) in rates.fields { paths.append((field, try path.compiled())) }
      for (path, text) in rates.filters { filters.append((try path.compiled(), text)) }
    }

    /// The texts of one row; nil for a row that is not meant.
    func row(at node: XMLTree.Node, of tree: XMLTree) throws(ParseError) -> PrintedRow? {
      for (path, text) in filters {
        guard try tree.text(path, at: node).map(RowTexts.name) == text else { return nil }
      }
      var row = PrintedRow(FieldTexts(capacity: paths.count))
      for (field, path) in paths { row.texts[field] = try tree.text(path, at: node) }
      return row
    }
  }

  /// The document of a body that is not something else.
  func tree(_ body: [UInt8], contentType: String?) throws(ParseError) -> XMLTree {
    try XMLTree(
      MarkupText.text(
        of: body, markup, contentType: contentType, charset: charset, inside: inside,
        insteadOf: title), markup)
  }
}

/// The text of a body that should be markup.
enum MarkupText {
  /// The body as UTF-8; throws where it is something else.
  static func text(
    of body: [UInt8], _ markup: XMLRates.Markup, contentType: String?, charset: Charset?,
    inside: [Enclosure], insteadOf title: String
  ) throws(ParseError) -> [UInt8] {
    let text = try BodyText.text(
      of: body, contentType: contentType, charset: charset, inside: inside,
      markup == .xml ? .strict : .lenient, insteadOf: title)
    // Some servers send lines before the XML declaration, which must stand first.
    guard let start = text.firstIndex(where: { $0 > 0x20 }), text[start] == UInt8(ascii: "<"),
      markup == .html || !WrongPage.isHTML(text)
    else {
      throw WrongPage.sentence(text, insteadOf: title)
    }
    return start == 0 ? text : Array(text[start...])
  }
}
