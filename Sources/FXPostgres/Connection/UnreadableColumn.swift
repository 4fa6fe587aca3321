/// A stored value that fxwatch does not write, or a column that a query does not return.
struct UnreadableColumn: Error {
  let name: String

  /// The error of a column.
  init(_ name: String) { self.name = name }
}
