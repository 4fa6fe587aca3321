import FXCore
import GRDBSQLite

/// The current row of a statement, valid until its next step.
struct StoredRow: RowReading {
  private let statement: OpaquePointer
  private let columns: ColumnIndexes

  /// Creates the current row of a statement of SQLite.
  init(_ statement: OpaquePointer, _ columns: ColumnIndexes) {
    self.statement = statement
    self.columns = columns
  }

  // MARK: Errors

  /// The row's key in words, as far as the query returns its columns.
  var key: String {
    (0..<sqlite3_column_count(statement)).compactMap { index -> String? in
      guard let name = sqlite3_column_name(statement, index).map({ String(cString: $0) }),
        Self.keys.contains(name)
      else { return nil }
      switch sqlite3_column_type(statement, index) {
      case SQLITE_INTEGER: return "\(name) \(sqlite3_column_int64(statement, index))"
      case SQLITE_TEXT:
        let text = sqlite3_column_text(statement, index).map { String(cString: $0) } ?? ""
        return "\(name) \(SanitizedText.line(text, limit: 64))"
      default: return nil
      }
    }.joined(separator: ", ")
  }

  /// Returns the name of the table that has a column of the result; for nil, that of the first column
  /// that is in any.
  func table(of column: StaticString?) -> String {
    let all = Array(0..<sqlite3_column_count(statement))
    let own = column.flatMap { try? columns.index(of: $0) }.map { [$0] } ?? []
    for index in own + all {
      if let name = sqlite3_column_table_name(statement, index) { return String(cString: name) }
    }
    return "unknown"
  }

  /// The columns that identify rows, as queries name them.
  private static let keys: Set<String> = [
    "source", "source_id", "name", "rule", "base", "quote", "side", "publication", "number", "id",
    "series_id", "sequence", "event_sequence", "notifier", "line", "key",
  ]

  // MARK: Values

  func isNull(_ column: StaticString) throws -> Bool {
    try sqlite3_column_type(statement, columns.index(of: column)) == SQLITE_NULL
  }

  func integer(_ column: StaticString, in range: ClosedRange<Int64>) throws -> Int64 {
    let index = try columns.index(of: column)
    guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else {
      throw UnreadableValue(column)
    }
    let integer = sqlite3_column_int64(statement, index)
    guard range.contains(integer) else { throw UnreadableValue(column, integer) }
    return integer
  }

  /// Reads a text in SQLite's memory, valid until the next step.
  func bytes(
    _ column: StaticString, atMost limit: Int
  ) throws -> UnsafeBufferPointer<UInt8> {
    let index = try columns.index(of: column)
    guard sqlite3_column_type(statement, index) == SQLITE_TEXT else {
      throw UnreadableValue(column)
    }
    // In this order: reading the text can change its length.
    let start = sqlite3_column_text(statement, index)
    let count = Int(sqlite3_column_bytes(statement, index))
    guard count <= limit else { throw UnreadableValue(column) }
    return UnsafeBufferPointer(start: start, count: count)
  }
}
