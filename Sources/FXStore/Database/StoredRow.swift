import FXCore
import GRDBSQLite

/// The current row of a statement, valid until its next step; columns are read by name.
///
/// A NULL or a value of an unexpected type throws; nothing traps.
struct StoredRow {
  private let statement: OpaquePointer
  private let columns: ColumnIndexes

  /// Creates the current row of a statement of SQLite.
  init(_ statement: OpaquePointer, _ columns: ColumnIndexes) {
    self.statement = statement
    self.columns = columns
  }

  // MARK: Columns

  /// Reads a 64-bit integer.
  func integer(_ column: StaticString) throws -> Int64 {
    try integer(at: columns.index(of: column))
  }

  /// Reads an integer, or nil for NULL.
  func optionalInteger(_ column: StaticString) throws -> Int64? {
    let index = try columns.index(of: column)
    return isNull(at: index) ? nil : try integer(at: index)
  }

  /// Reads a count, or another integer of machine size.
  func count(_ column: StaticString) throws -> Int { Int(try integer(column)) }

  /// Reads 0 as false and everything else as true.
  func flag(_ column: StaticString) throws -> Bool { try integer(column) != 0 }

  /// Reads a text.
  func text(_ column: StaticString) throws -> String {
    String(decoding: try bytes(at: columns.index(of: column)), as: UTF8.self)
  }

  /// Reads a text, or nil for NULL.
  func optionalText(_ column: StaticString) throws -> String? {
    let index = try columns.index(of: column)
    return isNull(at: index) ? nil : String(decoding: try bytes(at: index), as: UTF8.self)
  }

  /// Reads an instant, stored as milliseconds since 1970.
  func instant(_ column: StaticString) throws -> Timestamp {
    Timestamp(milliseconds: try integer(column))
  }

  /// Reads an instant, or nil for NULL.
  func optionalInstant(_ column: StaticString) throws -> Timestamp? {
    try optionalInteger(column).map(Timestamp.init(milliseconds:))
  }

  /// Reads a day, stored as days since 1970.
  func day(_ column: StaticString) throws -> CalendarDay {
    CalendarDay(daysSinceEpoch: try count(column))
  }

  /// Reads a day, or nil for NULL.
  func optionalDay(_ column: StaticString) throws -> CalendarDay? {
    try optionalInteger(column).map { CalendarDay(daysSinceEpoch: Int($0)) }
  }

  /// Reads and parses a JSON text.
  func json(_ column: StaticString) throws -> JSONValue {
    try JSONReader.read(Array(bytes(at: columns.index(of: column))))
  }

  /// Reads a JSON text without parsing it.
  func jsonText(_ column: StaticString) throws -> JSONText {
    JSONText(bytes: Array(try bytes(at: columns.index(of: column))))
  }

  /// Reads a value of an enumeration, stored as its raw text.
  func choice<Choice: RawRepresentable<String>>(_ column: StaticString) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableValue() }
    return choice
  }

  // MARK: Groups of columns

  /// Reads the rate in `coefficient`, `scale` and `nominal`.
  func rate() throws -> Rate {
    guard
      let printed = try ExactDecimal(coefficient: integer("coefficient"), scale: count("scale")),
      let rate = try Rate(printed: printed, nominal: integer("nominal"))
    else { throw UnreadableValue() }
    return rate
  }

  /// Reads a rate, or nil if `coefficient` is NULL: the series was no longer listed.
  func optionalRate() throws -> Rate? {
    try isNull(at: columns.index(of: "coefficient")) ? nil : try rate()
  }

  /// Reads the series in `source`, `base`, `quote` and `side`.
  func series() throws -> Series { try series(of: SourceName(text("source"))) }

  /// Reads the series of a source in `base`, `quote` and `side`.
  func series(of source: SourceName) throws -> Series {
    guard let base = try Currency(text("base")), let quote = try Currency(text("quote"))
    else { throw UnreadableValue() }
    return Series(
      source: source, pair: CurrencyPair(base: base, quote: quote), side: try choice("side"))
  }

  // MARK: SQLite

  private func integer(at index: Int32) throws -> Int64 {
    guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else { throw UnreadableValue() }
    return sqlite3_column_int64(statement, index)
  }

  private func isNull(at index: Int32) -> Bool {
    sqlite3_column_type(statement, index) == SQLITE_NULL
  }

  /// Returns a text in SQLite's memory, valid until the next step.
  private func bytes(at index: Int32) throws -> UnsafeBufferPointer<UInt8> {
    guard sqlite3_column_type(statement, index) == SQLITE_TEXT else { throw UnreadableValue() }
    // In this order: reading the text can change its length.
    let start = sqlite3_column_text(statement, index)
    return UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, index)))
  }
}
