import FXCore

/// Reads rates from JSON: rows and their texts by paths.
package struct JSONRates: TableReader {
  /// What the source prints, for errors: `the rates of the Central Bank of Uzbekistan`.
  package var title: String

  /// Finds the rows.
  package var rows: JSONPath

  /// Finds each text, from the row.
  package var fields: [RateField: JSONPath]

  /// Finds the day of the whole document.
  package var date: JSONPath?

  /// What the texts mean.
  package var columns: RateColumns

  /// Whether a row is a set of arrays, side by side, of which each element is a row.
  package var isParallel = false

  /// Texts that a row must have to be one.
  package var filters: [JSONPath: String] = [:]

  /// What must, and what must not be in the document.
  package var marks = BodyMarks<JSONPath>()

  /// Finds the document that is meant inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  package var charset: Charset?

  /// Rows of a JSON document.
  package init(
    title: String, rows: JSONPath, fields: [RateField: JSONPath], date: JSONPath? = nil,
    columns: RateColumns
  ) {
    self.title = title
    self.rows = rows
    self.fields = fields
    self.date = date
    self.columns = columns
  }

  package func table(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> PrintedTable {
    let root = try root(body, contentType: contentType)
    let nodes = try rowNodes(from: root)
    let printed = try printedRows(at: nodes)
    let day = date.flatMap { $0.text(in: root) }
    return PrintedTable(rows: printed, date: day, hint: nodes.first.map(\.hint))
  }

  /// Where every row stands.
  private func rowNodes(from root: JSONPath.Node) throws(ParseError) -> [JSONPath.Node] {
    guard let found = rows.rows(in: root) else {
      let place = rows.text.isEmpty ? "it is no list" : "it has nothing at '\(rows.text)'"
      throw ParseError("the body is JSON without \(title): \(place); it has \(root.hint)")
    }
    guard found.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    return found
  }

  /// The texts of every row.
  func printedRows(from root: JSONPath.Node) throws(ParseError) -> [PrintedRow] {
    try printedRows(at: rowNodes(from: root))
  }

  private func printedRows(at nodes: [JSONPath.Node]) throws(ParseError) -> [PrintedRow] {
    var printed: [PrintedRow] = []
    for node in nodes
    where filters.allSatisfy({ path, text in path.mark(in: node).map(RowTexts.name) == text }) {
      if isParallel {
        printed += try parallelRows(node)
      } else {
        printed.append(row(node))
      }
      if node.budget.isSpent {
        throw ParseError("\(title) are in a body that is too large for their paths")
      }
      guard printed.count <= BodyLimits.maximumRows else {
        throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
      }
    }
    return printed
  }

  /// The document of a body that is not something else.
  func root(_ body: [UInt8], contentType: String?) throws(ParseError) -> JSONPath.Node {
    let text = try BodyText.text(
      of: body, contentType: contentType, charset: charset, inside: inside, .strict,
      insteadOf: title)
    let document = try Self.parsed(text, insteadOf: title)
    try refuseFailure(document)
    let root = JSONPath.Node(document: document)
    try marks.check(insteadOf: title) { path throws(ParseError) in path.mark(in: root) }
    return root
  }

  /// A text as JSON; throws where it is something else.
  static func parsed(_ text: [UInt8], insteadOf title: String) throws(ParseError) -> JSONValue {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      throw WrongPage.sentence(text, insteadOf: title)
    }
    do throws(JSONProblem) {
      return try JSONReader.readLines(text)
    } catch {
      throw ParseError("\(title) are cut or malformed: the body \(error.message)")
    }
  }

  private func row(_ node: JSONPath.Node) -> PrintedRow {
    var row = PrintedRow(FieldTexts(capacity: fields.count), place: .path(node.path))
    for (field, path) in fields {
      row.texts[field] = path.text(in: node)
      row.texts.setPlainNumber(field, path.isNumber(in: node))
    }
    return row
  }

  /// A row for each element of the arrays; what is no array holds for all of them.
  private func parallelRows(_ node: JSONPath.Node) throws(ParseError) -> [PrintedRow] {
    let arrays = fields.compactMapValues { $0.elements(in: node) }
    guard let count = arrays.values.map(\.count).max() else { return [] }
    guard count <= BodyLimits.maximumRows, arrays.values.allSatisfy({ $0.count == count }) else {
      let counts = arrays.map { "\($0.key.rawValue) \($0.value.count)" }.sorted()
      throw ParseError(
        "\(title) are in arrays of different lengths: \(counts.joined(separator: ", "))")
    }
    let shared = row(node)
    return (0..<count).map { index in
      var row = shared
      for (field, array) in arrays {
        row.texts[field] = array[index].text
        if case .number = array[index] { row.texts.setPlainNumber(field, true) }
      }
      row.place = .path(node.path + "[\(index)]")
      return row
    }
  }

  /// Refuses what services send instead of rates: `"success": false`, `"error": true`,
  /// `"result": "error"`, whatever the HTTP status.
  private func refuseFailure(_ document: JSONValue) throws(ParseError) {
    let mark: String
    switch (document["success"], document["error"], document["result"]) {
    case (.bool(false), _, _): mark = "'success' is false"
    case (_, .bool(true), _): mark = "'error' is true"
    case (_, _, .string("error")): mark = "'result' is 'error'"
    case (nil, .object, _): mark = "it has an 'error'"
    default: return
    }
    let details = [document["error"], document["message"], document["description"], document]
    var reason = ""
    for detail in details.compactMap({ $0 }) where reason.isEmpty {
      for key in ["info", "message", "type", "error-type", "code", "description"]
      where reason.isEmpty {
        reason = detail[key]?.text.map { ": \(QuotedText.quoted($0))" } ?? ""
      }
      if reason.isEmpty, let text = detail.text { reason = ": \(QuotedText.quoted(text))" }
    }
    throw ParseError("the service refused: \(mark)\(reason)")
  }
}
