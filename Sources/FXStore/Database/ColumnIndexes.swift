import GRDBSQLite
import Glibc

/// The columns of one statement's result by name, each looked up once.
///
/// A name is recognized by its address, because a literal is always at the same one: after the first
/// row a column costs the comparison of a few pointers.
final class ColumnIndexes {
  private let statement: OpaquePointer
  private var known: [(name: UnsafePointer<UInt8>, index: Int32)] = []

  /// Creates an empty table for a statement of SQLite.
  init(of statement: OpaquePointer) { self.statement = statement }

  /// Returns the index of the column with this name; throws unless there is exactly one.
  func index(of name: StaticString) throws -> Int32 {
    for column in known where column.name == name.utf8Start { return column.index }
    let index = try find(name)
    known.append((name.utf8Start, index))
    return index
  }

  private func find(_ name: StaticString) throws -> Int32 {
    let matches = (0..<sqlite3_column_count(statement)).filter { index in
      guard let column = sqlite3_column_name(statement, index) else { return false }
      return strlen(column) == name.utf8CodeUnitCount
        && memcmp(column, name.utf8Start, name.utf8CodeUnitCount) == 0
    }
    guard let index = matches.first, matches.count == 1 else { throw UnknownColumn(name: name) }
    return index
  }
}
