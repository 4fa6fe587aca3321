import FXCore
import GRDBSQLite

/// A value that can be bound to a parameter of a statement: an integer, a text, or nil for NULL.
protocol ColumnValue {
  /// Binds it to a statement's parameter, counted from 1; returns SQLite's result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self)
  }
}

extension Int: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}

/// Bound as 1 or 0.
extension Bool: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

/// Bound in milliseconds since 1970, within the years 1 to 9999, so that it can be read again.
extension Timestamp: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, stored)
  }
}

/// Bound in days since 1970, within the years 1 to 9999, so that it can be read again.
extension CalendarDay: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, stored)
  }
}

/// Bound whole, also behind a NUL; copied into memory that SQLite frees.
extension String: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { $0.bind(to: statement, at: index) }
  }
}

/// Bound as its text.
extension JSONText: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    bytes.withUnsafeBufferPointer { $0.bind(to: statement, at: index) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Binds a copy of these bytes, a text in UTF-8.
  fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    // A text without an address would be NULL, so an empty one gets a byte too.
    guard let copy = sqlite3_malloc64(UInt64(Swift.max(count, 1))) else { return SQLITE_NOMEM }
    UnsafeMutableRawBufferPointer(start: copy, count: count).copyMemory(
      from: UnsafeRawBufferPointer(self))
    return sqlite3_bind_text64(
      statement, index, copy.assumingMemoryBound(to: CChar.self), UInt64(count), sqlite3_free,
      UInt8(SQLITE_UTF8))
  }
}

/// Bound as NULL if nil.
extension Optional: ColumnValue where Wrapped: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    guard let self else { return sqlite3_bind_null(statement, index) }
    return self.bind(to: statement, at: index)
  }
}
