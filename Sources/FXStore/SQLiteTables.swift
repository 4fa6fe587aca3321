package import FXCore
import GRDB

/// The tables of an SQLite database as plain values.
package struct SQLiteTables: TableCopying {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens the database at `path`; with `creating`, creates it if it is missing.
  package init(path: String, creating: Bool) throws(StoreProblem) {
    self.path = path
    queue =
      creating
      ? try DatabaseFile.openForWriting(path, limits: StoreLimits())
      : try DatabaseFile.openForReading(path)
  }

  package func count(of table: StoredTable) throws(StoreProblem) -> Int {
    try reading { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.name)") ?? 0 }
  }

  package func rows(
    of table: StoredTable, behind key: [StoredValue]?, limit: Int
  ) throws(StoreProblem) -> [[StoredValue]] {
    let condition = key.map { key in
      "WHERE (\(table.key.joined(separator: ", "))) > (\(Self.parameters(key.count)))"
    }
    return try fetch(
      """
      SELECT \(table.columns.joined(separator: ", ")) FROM \(table.name) \(condition ?? "")
      ORDER BY \(table.key.joined(separator: ", ")) LIMIT \(limit)
      """, key ?? [])
  }

  package func lastKey(of table: StoredTable) throws(StoreProblem) -> [StoredValue]? {
    let order = table.key.map { "\($0) DESC" }.joined(separator: ", ")
    return try fetch(
      """
      SELECT \(table.key.joined(separator: ", ")) FROM \(table.name) ORDER BY \(order) LIMIT 1
      """, []
    ).first
  }

  package func put(_ rows: [[StoredValue]], into table: StoredTable) throws(StoreProblem) {
    do {
      try queue.write { db in
        let statement = try db.makeStatement(
          sql: """
            INSERT OR REPLACE INTO \(table.name) (\(table.columns.joined(separator: ", ")))
            VALUES (\(Self.parameters(table.columns.count)))
            """)
        for row in rows { try statement.execute(arguments: StatementArguments(row.map(\.bound))) }
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  package func finish() throws(StoreProblem) {}

  private static func parameters(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }

  private func fetch(
    _ sql: String, _ values: [StoredValue]
  ) throws(StoreProblem) -> [[StoredValue]] {
    try reading { db in
      try Row.fetchAll(
        db, sql: sql, arguments: StatementArguments(values.map(\.bound))
      ).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .int64(let integer): .integer(integer)
          case .string(let text): .text(text)
          default: .null
          }
        }
      }
    }
  }

  private func reading<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do { return try queue.read(work) } catch { throw StoreProblem(error, at: path) }
  }
}

extension StoredValue {
  fileprivate var bound: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let integer): integer.databaseValue
    case .text(let text): text.databaseValue
    }
  }
}
