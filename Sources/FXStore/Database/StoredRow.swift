import FXCore
import GRDBSQLite

/// The current row of a statement, valid until its next step; columns are read by name.
///
/// Every value is checked: a NULL, a value of another type and one that fxwatch does not write throw an
/// `UnreadableValue`, so that nothing traps later.
struct StoredRow {
  private let statement: OpaquePointer
  private let columns: ColumnIndexes

  /// Creates the current row of a statement of SQLite.
  init(_ statement: OpaquePointer, _ columns: ColumnIndexes) {
    self.statement = statement
    self.columns = columns
  }

  // MARK: Columns

  /// Reads a number or an identifier.
  func integer(_ column: StaticString) throws -> Int64 {
    try integer(column, in: StoredRange.numbers)
  }

  /// Reads a number or an identifier, or nil for NULL.
  func optionalInteger(_ column: StaticString) throws -> Int64? {
    try unlessNull(column) { try integer(column) }
  }

  /// Reads a checksum of 64 bits; nil for a row of an earlier version.
  func checksum(_ column: StaticString) throws -> Checksum? {
    try unlessNull(column) {
      Checksum(stored: try integer(column, in: Int64.min...Int64.max))
    }
  }

  /// Reads a count.
  func count(_ column: StaticString) throws -> Int {
    Int(try integer(column, in: StoredRange.counts))
  }

  /// Reads a number of decimals.
  func scale(_ column: StaticString) throws -> Int {
    Int(try integer(column, in: 0...Int64(ExactDecimal.maximumScale)))
  }

  /// Reads 0 as false and 1 as true.
  func flag(_ column: StaticString) throws -> Bool { try integer(column, in: 0...1) == 1 }

  /// Reads 0 as false and 1 as true, or nil for NULL.
  func optionalFlag(_ column: StaticString) throws -> Bool? {
    try unlessNull(column) { try flag(column) }
  }

  /// Reads a text.
  func text(_ column: StaticString) throws -> String {
    let bytes = try bytes(column, atMost: StoredRange.textBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableValue(column)
    }
    return text
  }

  /// Reads a text, or nil for NULL.
  func optionalText(_ column: StaticString) throws -> String? {
    try unlessNull(column) { try text(column) }
  }

  /// Reads an instant, stored as milliseconds since 1970.
  func instant(_ column: StaticString) throws -> Timestamp {
    Timestamp(milliseconds: try integer(column, in: StoredRange.instants))
  }

  /// Reads an instant, or nil for NULL.
  func optionalInstant(_ column: StaticString) throws -> Timestamp? {
    try unlessNull(column) { try instant(column) }
  }

  /// Reads a day, stored as days since 1970.
  func day(_ column: StaticString) throws -> CalendarDay {
    CalendarDay(daysSinceEpoch: Int(try integer(column, in: StoredRange.days)))
  }

  /// Reads a day, or nil for NULL.
  func optionalDay(_ column: StaticString) throws -> CalendarDay? {
    try unlessNull(column) { try day(column) }
  }

  /// Reads and parses a JSON text.
  func json(_ column: StaticString) throws -> JSONValue {
    let bytes = try bytes(column, atMost: StoredRange.documentBytes)
    do { return try JSONReader.read(Array(bytes)) } catch { throw UnreadableValue(column) }
  }

  /// Reads a JSON text without parsing it.
  func jsonText(_ column: StaticString) throws -> JSONText {
    JSONText(bytes: Array(try bytes(column, atMost: StoredRange.documentBytes)))
  }

  /// Reads a value of an enumeration, stored as its raw text.
  func choice<Choice: RawRepresentable<String>>(_ column: StaticString) throws -> Choice {
    guard let choice = try Choice(rawValue: text(column)) else { throw UnreadableValue(column) }
    return choice
  }

  // MARK: Groups of columns

  /// Reads the rate in `coefficient`, `scale` and `nominal`.
  func rate() throws -> Rate {
    let coefficient = try integer("coefficient", in: Int64.min...Int64.max)
    guard let printed = try ExactDecimal(coefficient: coefficient, scale: scale("scale")) else {
      throw UnreadableValue("coefficient", coefficient)
    }
    let nominal = try integer("nominal")
    guard let rate = Rate(printed: printed, nominal: nominal) else {
      throw UnreadableValue("nominal", nominal)
    }
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
    guard let quote = try Currency(text("quote")) else { throw UnreadableValue("quote") }
    guard
      let series = try Series(
        source: source, storedBase: text("base"), quote: quote, side: choice("side"))
    else { throw UnreadableValue("base") }
    return series
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

  // MARK: SQLite

  private func integer(_ column: StaticString, in range: ClosedRange<Int64>) throws -> Int64 {
    let index = try columns.index(of: column)
    guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else {
      throw UnreadableValue(column)
    }
    let integer = sqlite3_column_int64(statement, index)
    guard range.contains(integer) else { throw UnreadableValue(column, integer) }
    return integer
  }

  private func unlessNull<Value>(_ column: StaticString, _ value: () throws -> Value) throws
    -> Value?
  {
    try isNull(at: columns.index(of: column)) ? nil : try value()
  }

  private func isNull(at index: Int32) -> Bool {
    sqlite3_column_type(statement, index) == SQLITE_NULL
  }

  /// Returns a text in SQLite's memory, valid until the next step.
  private func bytes(
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
