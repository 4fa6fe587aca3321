import FXCore
import GRDB
import GRDBSQLite

/// One statement of one connection, prepared once.
///
/// The way every row is read and written here. GRDB opens and migrates the database, serializes the
/// access to its connection and keeps the prepared statements; it does not bind or read values,
/// because it puts each value of each row into a box, and that costs as much as storing the row.
struct PreparedStatement {
  private let statement: Statement
  private let columns: ColumnIndexes

  private var raw: OpaquePointer { statement.sqliteStatement }

  fileprivate init(_ statement: Statement) {
    self.statement = statement
    columns = ColumnIndexes(of: statement.sqliteStatement)
  }

  /// Runs it to its end, with a value for each of its parameters.
  func run<each Value: ColumnValue>(_ values: repeat each Value) throws {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    while try step() {}
  }

  /// Returns its rows, each converted before the next one is read.
  func rows<each Value: ColumnValue, Made>(
    _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> [Made] {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    var all: [Made] = []
    while try step() { all.append(try current(made)) }
    return all
  }

  /// Reads its rows one by one until `read` returns false.
  func visit<each Value: ColumnValue>(
    _ values: repeat each Value, read: (StoredRow) throws -> Bool
  ) throws {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    while try step(), try current(read) {}
  }

  /// Reads its rows one by one, also behind damaged ones; returns these.
  func readAll<each Value: ColumnValue>(
    _ values: repeat each Value, read: (StoredRow) throws -> Void
  ) throws -> [DamagedRow] {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    var damage: [DamagedRow] = []
    while try step() {
      do { try current(read) } catch let error as DamagedRow {
        if damage.count < StoreVerification.maximumFindings { damage.append(error) }
      }
    }
    return damage
  }

  /// Returns its first row, converted; nil if there is none.
  func first<each Value: ColumnValue, Made>(
    _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> Made? {
    defer { sqlite3_reset(raw) }
    try bind(repeat each values)
    return try step() ? try current(made) : nil
  }

  /// Converts the current row; what cannot be read becomes a `DamagedRow`.
  private func current<Made>(_ made: (StoredRow) throws -> Made) throws -> Made {
    let row = StoredRow(raw, columns)
    do {
      return try made(row)
    } catch let error as UnknownColumn {
      throw error
    } catch let error as DatabaseError {
      throw error
    } catch let error as DamagedRow {
      throw error
    } catch {
      throw DamagedRow(row, error)
    }
  }

  private func bind<each Value: ColumnValue>(_ values: repeat each Value) throws {
    var index: Int32 = 0
    for value in repeat each values {
      index += 1
      try check(value.bind(to: raw, at: index))
    }
    if index != sqlite3_bind_parameter_count(raw) { try check(SQLITE_MISUSE) }
  }

  /// Steps to the next row; returns false after the last.
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
  /// Returns a statement, prepared once per connection.
  ///
  /// Costs a hash of its text; for many rows, ask for it once.
  func prepared(_ sql: String) throws -> PreparedStatement {
    PreparedStatement(try cachedStatement(sql: sql))
  }

  /// Runs `work` in a transaction of its own: all of it, or nothing and its error.
  ///
  /// GRDB's own transactions prepare their BEGIN and COMMIT each time, which costs more than a small
  /// commit.
  func transaction<Made>(_ kind: TransactionKind, _ work: () throws -> Made) throws -> Made {
    try run("BEGIN \(kind.rawValue)")
    do {
      let made = try work()
      try run("COMMIT")
      return made
    } catch {
      // After some errors SQLite has rolled back itself.
      if sqlite3_get_autocommit(sqliteConnection) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Runs one statement, prepared once per connection.
  func run<each Value: ColumnValue>(_ sql: String, _ values: repeat each Value) throws {
    try prepared(sql).run(repeat each values)
  }

  /// Returns the converted rows of one query, prepared once per connection.
  func rows<each Value: ColumnValue, Made>(
    _ sql: String, _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> [Made] {
    try prepared(sql).rows(repeat each values, as: made)
  }

  /// Returns the first row of one query, converted; nil if there is none.
  func first<each Value: ColumnValue, Made>(
    _ sql: String, _ values: repeat each Value, as made: (StoredRow) throws -> Made
  ) throws -> Made? {
    try prepared(sql).first(repeat each values, as: made)
  }

  /// Inserts a row, or replaces the one with the same key: a value for each named column.
  ///
  /// Builds its statement's text each time; for many rows, prepare one.
  func replace<each Value: ColumnValue>(
    in table: String, _ columns: repeat (name: String, value: each Value)
  ) throws {
    var names: [String] = []
    for column in repeat each columns { names.append(column.name) }
    let parameters = names.map { _ in "?" }.joined(separator: ", ")
    try run(
      "INSERT OR REPLACE INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(parameters))",
      repeat (each columns).value)
  }
}
