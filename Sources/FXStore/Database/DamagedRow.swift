import FXCore

/// A row with a value that fxwatch does not write, or with another checksum than its content.
struct DamagedRow: Error, Hashable {
  /// The row's table.
  let table: String

  /// The row's key in words, such as `source ecb, number 12`; empty for the only row of its kind.
  var key: String

  /// The finding, as a clause: `scale is 99`.
  let finding: String

  /// The sentence without what to do about it: `table observation, publication 12: scale is 99, …`.
  var description: String {
    let place = key.isEmpty ? "" : ", \(key)"
    return "table \(table)\(place): \(finding)"
  }

  /// Returns the error with the series that the row belongs to.
  func of(_ series: Series) -> DamagedRow {
    var located = self
    located.key =
      "series \(SanitizedText.line(series.description, limit: 100))"
      + (key.isEmpty ? "" : ", \(key)")
    return located
  }
}

extension DamagedRow {
  /// The damage that the reading of a row has found.
  init(_ row: StoredRow, _ error: any Error) {
    let value = error as? UnreadableValue
    let finding: String
    switch (value?.column, value?.integer) {
    case _ where value?.isMismatch == true: finding = "the row does not match its checksum"
    case (let column?, let integer?):
      finding = "\(column) is \(integer), which fxwatch does not write"
    case (let column?, nil): finding = "\(column) is not a value that fxwatch writes"
    case (nil, _): finding = "is not a row that fxwatch writes"
    }
    self.init(table: row.table(of: value?.column), key: row.key, finding: finding)
  }
}

extension DamagedRow {
  /// The damage of a publication whose observations do not add up to its checksum.
  static func publication(_ number: Int64, of source: SourceName) -> DamagedRow {
    DamagedRow(
      table: "publication",
      key: "source \(SanitizedText.line(source.text, limit: 64)), number \(number)",
      finding: "the row or its observations do not match its checksum")
  }
}
