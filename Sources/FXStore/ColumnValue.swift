import FXCore
import GRDBSQLite

/// What a column may hold, as SQLite takes it: an integer, a text, or either or nothing.
protocol ColumnValue {
  /// Makes it the value of a statement's parameter, counted from 1; gives SQLite's result code.
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

/// 1 or 0.
extension Bool: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

/// All of it, also after a NUL; copied into memory that SQLite frees.
extension String: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { $0.bind(to: statement, at: index) }
  }
}

/// The text.
extension JSONText: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    bytes.withUnsafeBufferPointer { $0.bind(to: statement, at: index) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Makes a copy of these bytes, a text in UTF-8, the value of a parameter.
  fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    // A text without an address would be NULL, so an empty one has a byte too.
    guard let copy = sqlite3_malloc64(UInt64(Swift.max(count, 1))) else { return SQLITE_NOMEM }
    UnsafeMutableRawBufferPointer(start: copy, count: count).copyMemory(
      from: UnsafeRawBufferPointer(self))
    return sqlite3_bind_text64(
      statement, index, copy.assumingMemoryBound(to: CChar.self), UInt64(count), sqlite3_free,
      UInt8(SQLITE_UTF8))
  }
}

/// NULL for nil.
extension Optional: ColumnValue where Wrapped: ColumnValue {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    guard let self else { return sqlite3_bind_null(statement, index) }
    return self.bind(to: statement, at: index)
  }
}
