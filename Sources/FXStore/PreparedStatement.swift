import GRDB
import GRDBSQLite

/// One statement of one connection, prepared once; its values are bound and read as they are.
///
/// GRDB prepares, keeps and finalizes it. Binding and stepping go to SQLite directly: a box for each
/// value of each row costs as much as storing the row does.
struct PreparedStatement {
  private let statement: Statement

  private var raw: OpaquePointer { statement.sqliteStatement }

  fileprivate init(_ statement: Statement) { self.statement = statement }

  /// Runs it to its end, with a value for each of its parameters.
  func run<each Value: ColumnValue>(_ values: repeat each Value) throws {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    while try step() {}
  }

  /// Its rows, each made into a value before the next one is read.
  func rows<each Value: ColumnValue, Made>(
    _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> [Made] {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    var all: [Made] = []
    while try step() { all.append(try made(StoredRow(raw))) }
    return all
  }

  private func bind<each Value: ColumnValue>(_ values: repeat each Value) throws {
    var index: Int32 = 0
    for value in repeat each values {
      index += 1
      try check(value.bind(to: raw, at: index))
    }
    if index != sqlite3_bind_parameter_count(raw) { try check(SQLITE_MISUSE) }
  }

  /// Whether there is one more row.
  private func step() throws -> Bool {
    switch sqlite3_step(raw) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }
}

extension Database {
  /// A statement, prepared once per connection.
  ///
  /// For many rows it is to be asked for once; looking it up costs a hash of its text.
  func prepared(_ sql: String) throws -> PreparedStatement {
    PreparedStatement(try cachedStatement(sql: sql))
  }

  /// Runs `work` in a transaction of its own: all of it, or nothing and its error.
  ///
  /// GRDB's own transactions prepare what begins and ends them anew each time, which costs more than a
  /// small commit.
  func transaction<Made>(_ kind: TransactionKind, _ work: () throws -> Made) throws -> Made {
    try run("BEGIN \(kind.rawValue)")
    do {
      let made = try work()
      try run("COMMIT")
      return made
    } catch {
      // After some errors SQLite has done so itself.
      if sqlite3_get_autocommit(sqliteConnection) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Runs one statement, prepared once per connection.
  func run<each Value: ColumnValue>(_ sql: String, _ values: repeat each Value) throws {
    try prepared(sql).run(repeat each values)
  }

  /// The rows of one query, prepared once per connection, each made into a value at once.
  func rows<each Value: ColumnValue, Made>(
    _ sql: String, _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> [Made] {
    try prepared(sql).rows(repeat each values, as: made)
  }
}
