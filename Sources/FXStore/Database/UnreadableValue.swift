import FXCore

/// A stored value that fxwatch does not write: the file is damaged or was changed by another program.
struct UnreadableValue: Error {
  /// The column; nil if the row as a whole cannot be read.
  let column: StaticString?

  /// The value, if it is an integer.
  let integer: Int64?

  /// Creates the error for a column's value, or for a row.
  init(_ column: StaticString? = nil, _ integer: Int64? = nil) {
    self.column = column
    self.integer = integer
  }
}
