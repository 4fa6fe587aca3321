package import FXCore

/// Reads rates from JSON: rows and their texts by paths.
package struct JSONRates: SourceReader {
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

  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    let document = try document(body, contentType: contentType)
    let printed = try printedRows(of: document)
    guard printed.count <= BodyLimits.maximumRows else {
      throw ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
    }
    let day = date.flatMap { $0.text(in: JSONPath.Node(name: nil, value: document)) }
    return try columns.reading(of: printed, date: day, title: title)
  }

  /// The document of a body that is not something else.
  func document(_ body: [UInt8], contentType: String?) throws(ParseError) -> JSONValue {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    if body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      throw WrongPage.sentence(body, insteadOf: title)
    }
    let text = try CharsetDetection.decode(body, contentType: contentType, .strict)
    let document: JSONValue
    do throws(JSONProblem) {
      document = try JSONReader.read(text)
    } catch {
      throw ParseError("\(title) are cut or malformed: the body \(error.message)")
    }
    try refuseFailure(document)
    return document
  }

  /// The texts of every row.
  func printedRows(of document: JSONValue) throws(ParseError) -> [PrintedRow] {
    guard let found = rows.nodes(in: document) else {
      let place = rows.text.isEmpty ? "it is no list" : "it has nothing at '\(rows.text)'"
      throw ParseError("the body is JSON without \(title): \(place)")
    }
    return found.map { row in
      PrintedRow(
        fields.compactMapValues { $0.text(in: row) },
        plainNumbers: Set(fields.filter { $0.value.isNumber(in: row) }.keys))
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
