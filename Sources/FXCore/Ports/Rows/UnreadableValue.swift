/// A stored value that fxwatch does not write: the database is damaged or was changed by another program.
package struct UnreadableValue: Error {
  /// The column; nil if the row as a whole cannot be read.
  package let column: StaticString?

  /// The value, if it is an integer.
  package let integer: Int64?

  /// The error of a column's value, or of a row.
  package init(_ column: StaticString? = nil, _ integer: Int64? = nil) {
    self.column = column
    self.integer = integer
  }
}
