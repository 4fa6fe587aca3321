/// A number that is already stored with other content.
struct DuplicateNumber: Error {
  /// The row, such as `event 12`.
  let row: String

  /// Creates the error for a row.
  init(of row: String) { self.row = row }
}
