import FXCore

extension DamagedRow {
  /// The damage that the reading of a row has found.
  init(_ row: StoredRow, _ error: any Error) {
    let value = error as? UnreadableValue
    let finding: String
    switch (value?.column, value?.integer) {
    case (let column?, let integer?):
      finding = "\(column) is \(integer), which fxwatch does not write"
    case (let column?, nil): finding = "\(column) is not a value that fxwatch writes"
    case (nil, _): finding = "is not a row that fxwatch writes"
    }
    self.init(table: row.table(of: value?.column), key: row.key, finding: finding)
  }
}
