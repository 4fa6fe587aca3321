import FXCore

/// All rows of a body, as printed.
package struct PrintedTable: Sendable {
  /// The rows in the order of the body.
  package var rows: [PrintedRow]

  /// The date of the whole table, as printed.
  package var date: String?

  /// The parts of the body that are not read, such as another table below.
  var passedOver: [SetAsideRow] = []

  /// The names that the first row has in the body, for errors.
  var hint: String?
}
