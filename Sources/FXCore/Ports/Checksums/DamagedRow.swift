/// A row with a value that fxwatch does not write, or with another checksum than its content.
package struct DamagedRow: Error, Hashable, Sendable {
  /// The row's table.
  package let table: String

  /// The row's key in words, such as `source ecb, number 12`; empty for the only row of its kind.
  package var key: String

  /// The finding, as a clause: `scale is 99`.
  package let finding: String

  /// A finding about a row.
  package init(table: String, key: String, finding: String) {
    self.table = table
    self.key = key
    self.finding = finding
  }

  /// The damage of a row that does not match its checksum.
  package static func mismatch(in table: String, key: String) -> DamagedRow {
    DamagedRow(table: table, key: key, finding: "the row does not match its checksum")
  }

  /// The damage as a finding of a verification.
  package var found: StoreVerification.Finding {
    StoreVerification.Finding(table: table, key: key, problem: finding)
  }

  /// The sentence without what to do about it: `table observation, publication 12: scale is 99, …`.
  package var description: String {
    let place = key.isEmpty ? "" : ", \(key)"
    return "table \(table)\(place): \(finding)"
  }

  /// Returns the error with the series that the row belongs to.
  package func of(_ series: Series) -> DamagedRow {
    var located = self
    located.key =
      "series \(SanitizedText.line(series.description, limit: 100))"
      + (key.isEmpty ? "" : ", \(key)")
    return located
  }
}

extension DamagedRow {
  /// The damage of an alert whose evidence does not match its checksum.
  package static func alert(_ id: String) -> DamagedRow {
    .mismatch(in: "alert", key: "id \(SanitizedText.line(id, limit: 64))")
  }

  /// The damage of a publication whose observations do not add up to its checksum.
  package static func publication(_ number: Int64, of source: SourceName) -> DamagedRow {
    DamagedRow(
      table: "publication",
      key: "source \(SanitizedText.line(source.text, limit: 64)), number \(number)",
      finding: "the row or its observations do not match its checksum")
  }
}
