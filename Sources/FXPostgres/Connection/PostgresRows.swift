import FXCore

/// The result of a statement: rows, or the number of changed rows.
struct PostgresRows: Sendable {
  /// The names of the columns with their indexes.
  let columns: [String: Int]

  /// The number of columns of each row.
  let width: Int

  /// The number of rows.
  let count: Int

  /// The number of rows that a statement has written.
  let changed: Int

  /// The bytes of all values, and where each begins and ends; an empty range before 0 for NULL.
  let bytes: [UInt8]
  let places: [Range<Int>?]

  /// Converts every row.
  func map<Made>(_ made: (PostgresRow) throws -> Made) throws -> [Made] {
    try (0..<count).map { try made(PostgresRow(rows: self, index: $0)) }
  }

  /// Converts the first row; nil if there is none.
  func first<Made>(_ made: (PostgresRow) throws -> Made) throws -> Made? {
    try count == 0 ? nil : made(PostgresRow(rows: self, index: 0))
  }
}
