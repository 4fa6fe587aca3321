import FXCore

/// Reads rates from JSON: rows and fields by paths.
///
/// It has more than ten properties because each is a key of the config.
package struct JSONRates: TableReader {
  /// The name of the rates, for errors: `the rates of the Central Bank of Uzbekistan`.
  package var title: String

  /// Finds the rows.
  package var rows: JSONPath

  /// Finds each field, from the row.
  package var fields: [RateField: JSONPath]

  /// Finds the date of the whole document.
  package var date: JSONPath?

  /// The meaning of the columns.
  package var columns: RateColumns

  /// True if a row consists of parallel arrays, each index of which is a row.
  package var isParallel = false

  /// The texts that a row must contain.
  package var filters: [JSONPath: String] = [:]

  /// Checks that the document is valid.
  package var checks = BodyChecks<JSONPath>()

  /// Finds the document inside the body, from the outermost inward.
  package var inside: [Enclosure] = []

  package var charset: Charset?

  /// The standard form of the document, if it is not of the publisher's own.
  package var shape: JSONShape?

  package var takesLinearTime: Bool {
    inside.isEmpty && checks.isEmpty && filters.isEmpty && !isParallel && shape == nil
      && fields.values.allSatisfy { $0.isOfDocument || $0.isDirect }
  }

  /// Rates in a JSON document.
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

  /// Returns the node of every row.
  private func rowNodes(from root: JSONPath.Node) throws(ParseError) -> [JSONPath.Node] {
    guard let found = rows.rows(in: root) else {
      let place = rows.text.isEmpty ? "expected a list" : "nothing at '\(rows.text)'"
      throw ParseError("the body is JSON without \(title): \(place); it has \(root.hint)")
    }
    guard found.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    return found
  }

  /// Returns the texts of every row.
  func printedRows(from root: JSONPath.Node) throws(ParseError) -> [PrintedRow] {
    try printedRows(at: rowNodes(from: root))
  }

  private func printedRows(at nodes: [JSONPath.Node]) throws(ParseError) -> [PrintedRow] {
    var printed: [PrintedRow] = []
    for node in nodes
    where filters.allSatisfy({ path, text in
      path.textOrBoolean(in: node).map(RowTexts.name) == text
    }) {
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

  /// Parses a body; throws if it is not JSON or reports an error.
  func root(_ body: [UInt8], contentType: String?) throws(ParseError) -> JSONPath.Node {
    let text = try BodyDecoder(title: title, charset: charset, inside: inside).text(
      of: body, contentType: contentType, .strict)
    let document = try Self.parsed(text, insteadOf: title)
    try refuseError(document)
    let root = JSONPath.Node(document: try shape?.rows(of: document, title) ?? document)
    try checks.verify(insteadOf: title) { path throws(ParseError) in path.textOrBoolean(in: root) }
    return root
  }

  /// Parses a text as JSON; throws if it is not JSON.
  static func parsed(_ text: [UInt8], insteadOf title: String) throws(ParseError) -> JSONValue {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      throw WrongPage.error(text, insteadOf: title)
    }
    do throws(JSONProblem) {
      return try JSONReader.readLines(text)
    } catch {
      throw ParseError("\(title) are truncated or malformed: the body \(error.message)")
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

  /// Returns a row for each index of the arrays; fields that are not arrays apply to all rows.
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

  /// Throws if a document is a service's error: `"success": false`, `"error": true`,
  /// `"result": "error"`, whatever the HTTP status.
  private func refuseError(_ document: JSONValue) throws(ParseError) {
    let mark: String
    switch (document["success"], document["error"], document["result"]) {
    case (.bool(false), _, _): mark = "'success' is false"
    case (_, .bool(true), _): mark = "'error' is true"
    case (_, _, .string("error")): mark = "'result' is 'error'"
    case (nil, .object, _): mark = "it contains 'error'"
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
    throw ParseError("the service returned an error: \(mark)\(reason)")
  }
}
