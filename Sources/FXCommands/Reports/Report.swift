package import FXCore

/// Rows for people and programs: a table, CSV, or JSON of its own making.
package struct Report: Sendable {
  /// How rows are printed.
  package enum Format: String, CaseIterable, Sendable {
    case table
    case json
    case csv
  }

  /// One column.
  package struct Column: Sendable {
    let name: String

    /// Figures stand on the right.
    let isRight: Bool

    /// A column; programs read its name with `_` for the spaces, as in JSON.
    package init(name: String, isRight: Bool = false) {
      self.name = name
      self.isRight = isRight
    }
  }

  let columns: [Column]
  let rows: [[String]]
  let json: JSONValue
  let ifEmpty: String

  /// Rows of as many fields as there are columns.
  ///
  /// `json` is what programs get instead, `ifEmpty` what a table says when there are no rows.
  package init(columns: [Column], rows: [[String]], json: JSONValue, ifEmpty: String) {
    self.columns = columns
    self.rows = rows
    self.json = json
    self.ifEmpty = ifEmpty
  }

  /// The report without a column.
  func without(_ name: String) -> Report {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return self }
    func cut<Element>(_ row: [Element]) -> [Element] {
      Array(row[..<index] + row[(index + 1)...])
    }
    return Report(columns: cut(columns), rows: rows.map(cut), json: json, ifEmpty: ifEmpty)
  }

  /// The rows, as asked for; ends with a newline.
  package func text(as format: Format) -> String {
    switch format {
    case .json: json.description + "\n"
    case .csv:
      ([columns.map { $0.name.replacing(" ", with: "_") }] + rows).map(Self.csvLine).joined()
    case .table: rows.isEmpty ? ifEmpty + "\n" : table
    }
  }

  /// RFC 4180, with plain newlines.
  private static func csvLine(_ fields: [String]) -> String {
    fields.map { field in
      field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }.joined(separator: ",") + "\n"
  }

  private var table: String {
    let lines =
      [columns.map { $0.name.uppercased() }] + rows.map { $0.map { SanitizedText.line($0) } }
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      var text = ""
      for (column, field) in line.enumerated() {
        let space = String(repeating: " ", count: widths[column] - field.count)
        text += (column > 0 ? "  " : "") + (columns[column].isRight ? space + field : field + space)
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }
}
