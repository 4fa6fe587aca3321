/// One statement with its parameters.
struct PostgresStatement: Sendable {
  let sql: String
  let values: [PostgresValue]

  /// A statement with a value for each of its parameters `$1`, `$2` ….
  init(_ sql: String, _ values: PostgresValue...) {
    self.sql = sql
    self.values = values
  }

  /// A statement with its values.
  init(_ sql: String, values: [PostgresValue]) {
    self.sql = sql
    self.values = values
  }

  /// A statement over a table of rows, named `t`, in the place of `ROWS`.
  init(_ sql: String, of rows: PostgresRowsToWrite) {
    self.sql = sql.replacing("ROWS", with: rows.table)
    values = rows.values
  }
}
