package import FXCore

/// Rows for people and programs: a table, CSV or JSON.
package struct Report: Sendable {
  /// The format of a report.
  package enum Format: String, CaseIterable, Sendable {
    case table
    case json
    case csv
  }

  /// One column.
  package struct Column: Sendable {
    let name: String

    /// True for numbers, which are aligned on the right.
    let isRight: Bool

    /// A column; in CSV its name has `_` for spaces, as in JSON.
    package init(name: String, isRight: Bool = false) {
      self.name = name
      self.isRight = isRight
    }
  }

  let columns: [Column]
  let rows: [[String]]

  /// The report as JSON.
  package let json: JSONValue

  let ifEmpty: String

  /// Rows of as many fields as there are columns.
  ///
  /// `json` is the report in JSON, `ifEmpty` the line that replaces a table without rows.
  package init(columns: [Column], rows: [[String]], json: JSONValue, ifEmpty: String) {
    self.columns = columns
    self.rows = rows
    self.json = json
    self.ifEmpty = ifEmpty
  }

  /// Indicates whether there are no rows.
  package var isEmpty: Bool { rows.isEmpty }

  /// Returns the report without a column.
  func without(_ name: String) -> Report {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return self }
    func cut<Element>(_ row: [Element]) -> [Element] {
      Array(row[..<index] + row[(index + 1)...])
    }
    return Report(columns: cut(columns), rows: rows.map(cut), json: json, ifEmpty: ifEmpty)
  }

  /// The columns of a terminal that the table needs if no text is cut.
  var tableWidth: Int {
    let lines = [columns.map(\.name)] + rows.map { $0.map { SanitizedText.line($0) } }
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return widths.reduce(0, +) + 2 * max(0, widths.count - 1)
  }

  /// Returns the report in a format; ends with a newline.
  ///
  /// The style is that of tables; other formats have none.
  package func text(as format: Format, _ style: TextStyle = .plain) -> String {
    switch format {
    case .json: json.description + "\n"
    case .csv:
      (FlatTable(json)?.lines ?? [columns.map { $0.name.replacing(" ", with: "_") }] + rows)
        .map(Self.csvLine).joined()
    case .table: rows.isEmpty ? ifEmpty + "\n" : table(style)
    }
  }

  /// RFC 4180, with plain newlines.
  private static func csvLine(_ fields: [String]) -> String {
    fields.map { field in
      let text = defused(SanitizedText.cell(field))
      return text.contains { $0 == "," || $0 == "\"" }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }.joined(separator: ",") + "\n"
  }

  /// Returns a cell with an apostrophe before it if a spreadsheet could take it for a formula.
  ///
  /// Numbers, which may be negative and in percent, are kept: nothing of them is computed.
  private static func defused(_ text: String) -> String {
    let scalars = text.unicodeScalars.drop { $0 == " " }
    guard let first = scalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first) else { return text }
    let rest = scalars.dropFirst()
    let isNumber =
      (first == "-" || first == "+") && rest.first.map { ("0"..."9").contains($0) } == true
      && rest.allSatisfy { ("0"..."9").contains($0) || ".,% ".unicodeScalars.contains($0) }
    return isNumber ? text : "'" + text
  }

  private func table(_ style: TextStyle) -> String {
    let lines =
      [columns.map { $0.name.uppercased() }]
      + rows.map { $0.map { SanitizedText.line(style.zone.shown($0)) } }
    let widths = fitted(
      columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }, style.width)
    return lines.enumerated().map { row, line in
      var text = ""
      for (column, field) in line.enumerated() {
        let field = Self.cut(field, to: widths[column])
        let space = String(repeating: " ", count: widths[column] - field.count)
        let isState = row > 0 && ["severity", "state"].contains(columns[column].name)
        let shown = isState ? style.state(field) : field
        text += (column > 0 ? "  " : "") + (columns[column].isRight ? space + shown : shown + space)
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  /// The fewest characters to which a column of text is cut to fit a terminal.
  private static let narrowest = 12

  /// Returns the widths of columns that fit a terminal: the widest columns of text are cut, numbers and
  /// identifiers are not.
  private func fitted(_ widths: [Int], _ width: Int?) -> [Int] {
    guard let width else { return widths }
    var widths = widths
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0 {
      let flexible = widths.indices.filter { index in
        !columns[index].isRight && !Self.whole.contains(columns[index].name)
          && widths[index] > Self.narrowest
      }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// The columns with what people copy.
  private static let whole: Set = ["alert", "event", "pair", "since", "at", "source", "preset"]

  private static func cut(_ text: String, to width: Int) -> String {
    text.count > width ? text.prefix(max(0, width - 1)) + "…" : text
  }
}
