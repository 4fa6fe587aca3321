import FXCore

extension StoredObservation {
  /// The columns that are read, of `observation o` and `publication p`.
  static let columns = """
    o.publication, o.coefficient, o.scale, o.nominal, o.version, o.published_change, p.value_date,
    p.first_seen, o.suspect, o.checksum
    """

  /// Reads the columns of an observation of a series; throws where they do not match their checksum.
  ///
  /// A row of an earlier version has no checksum.
  init(_ row: StoredRow, of series: Checksum) throws {
    self.init(
      publication: try row.integer("publication"), firstSeen: try row.instant("first_seen"),
      valueDate: try row.optionalDay("value_date"), rate: try row.optionalRate(),
      version: try row.count("version"), publishedChange: try row.optionalText("published_change"),
      suspicion: try row.optionalText("suspect"))
    if let stored = try row.optionalInteger("checksum"), stored != checksum(of: series).short {
      throw UnreadableValue.checksum
    }
  }
}
