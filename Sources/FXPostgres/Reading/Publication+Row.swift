import FXCore

extension Publication {
  /// The columns that are read, of `publication` and `source`, without headlines.
  static let columns = """
    name, number, value_date, first_seen, last_seen, body_hash, publication.checksum
    """

  /// Reads a publication of the source in `name`, with its headlines if the query has them; throws where
  /// they do not match their checksums.
  init(_ row: PostgresRow) throws {
    let hasHeadlines = row.rows.columns["headlines"] != nil
    try self.init(
      row, of: SourceName(row.text("name")), headlines: hasHeadlines ? row.headlines() : [])
    if let stored = try row.checksum("checksum"), stored != checksum {
      throw DamagedRow.publication(number, of: source)
    }
    if !headlines.isEmpty, let stored = try row.checksum("headlines_checksum"),
      stored != headlines.checksum
    {
      throw DamagedRow.publication(number, of: source)
    }
  }
}
