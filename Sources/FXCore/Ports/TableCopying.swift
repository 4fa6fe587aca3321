/// The rows of a store as plain values: how they are copied into a store of another kind.
///
/// Calls block the calling thread. No daemon may run with the store that is written.
package protocol TableCopying: Sendable {
  /// Returns the number of rows of a table.
  func count(of table: StoredTable) throws(StoreProblem) -> Int

  /// Returns rows in the order of their keys, those behind a key, `limit` at most; the values of a row are in
  /// the order of the columns.
  func rows(
    of table: StoredTable, behind key: [StoredValue]?, limit: Int
  ) throws(StoreProblem) -> [[StoredValue]]

  /// Returns the last key of a table; nil if it is empty.
  func lastKey(of table: StoredTable) throws(StoreProblem) -> [StoredValue]?

  /// Stores rows in one transaction, in place of those with the same keys.
  func put(_ rows: [[StoredValue]], into table: StoredTable) throws(StoreProblem)

  /// Prepares the store for use after everything is stored.
  func finish() throws(StoreProblem)
}
