import FXCore
import GRDBSQLite

/// A stored value that no fxwatch writes: the file was damaged or changed by other hands.
struct UnreadableValue: Error {}

/// The row a statement stands on, good until its next step; columns are read by position, from 0.
///
/// A NULL or a value of another kind than is asked for is thrown, never trapped on.
struct StoredRow {
  private let statement: OpaquePointer

  /// The row a statement of SQLite stands on.
  init(_ statement: OpaquePointer) { self.statement = statement }

  func integer(_ column: Int) throws -> Int64 {
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else {
      throw UnreadableValue()
    }
    return sqlite3_column_int64(statement, Int32(column))
  }

  func text(_ column: Int) throws -> String { String(decoding: try bytes(column), as: UTF8.self) }

  func optionalInteger(_ column: Int) throws -> Int64? {
    isNull(column) ? nil : try integer(column)
  }

  func optionalText(_ column: Int) throws -> String? { isNull(column) ? nil : try text(column) }

  func instant(_ column: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(column)) }

  func optionalInstant(_ column: Int) throws -> Timestamp? {
    try optionalInteger(column).map(Timestamp.init(milliseconds:))
  }

  func optionalDay(_ column: Int) throws -> CalendarDay? {
    try optionalInteger(column).map { CalendarDay(daysSinceEpoch: Int($0)) }
  }

  func json(_ column: Int) throws -> JSONValue { try JSONReader.read(Array(bytes(column))) }

  func jsonText(_ column: Int) throws -> JSONText { JSONText(bytes: Array(try bytes(column))) }

  /// The value of an enumeration kept by its raw text.
  func choice<Choice: RawRepresentable<String>>(_ column: Int) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableValue() }
    return choice
  }

  /// A series from four columns: source, base, quote, side.
  func series(from column: Int) throws -> Series {
    try series(of: SourceName(text(column)), from: column + 1)
  }

  /// A series of a source from three columns: base, quote, side.
  func series(of source: SourceName, from column: Int) throws -> Series {
    guard let base = try Currency(text(column)), let quote = try Currency(text(column + 1))
    else { throw UnreadableValue() }
    return Series(
      source: source, pair: CurrencyPair(base: base, quote: quote), side: try choice(column + 2))
  }

  private func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }

  /// A text as it lies in SQLite's memory, until the next step.
  private func bytes(_ column: Int) throws -> UnsafeBufferPointer<UInt8> {
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT else {
      throw UnreadableValue()
    }
    // In this order: asking for the text may change its length.
    let start = sqlite3_column_text(statement, Int32(column))
    return UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }
}
