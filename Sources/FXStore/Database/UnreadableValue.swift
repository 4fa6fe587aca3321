import FXCore

/// A stored value that fxwatch does not write: the file is damaged or was changed by another program.
struct UnreadableValue: Error {
  /// The column; nil if the row as a whole cannot be read.
  let column: StaticString?

  /// The value, if it is an integer.
  let integer: Int64?

  /// True if the row's content does not match its checksum.
  private(set) var isMismatch = false

  /// A row whose content does not match its checksum.
  static var checksum: UnreadableValue {
    var error = UnreadableValue("checksum")
    error.isMismatch = true
    return error
  }

  /// Creates the error for a column's value, or for a row.
  init(_ column: StaticString? = nil, _ integer: Int64? = nil) {
    self.column = column
    self.integer = integer
  }
}
