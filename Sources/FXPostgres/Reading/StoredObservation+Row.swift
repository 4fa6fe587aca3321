import FXCore

extension StoredObservation {
  /// Reads an observation of a series; damage is reported with the series.
  init(_ row: PostgresRow, of series: Series) throws {
    try self.init(row, of: series, series.checksum)
  }

  /// Reads the same of a series of the table of series.
  init(_ row: PostgresRow, of listing: Listing) throws {
    try self.init(row, of: listing.series, listing.checksum)
  }

  private init(_ row: PostgresRow, of series: Series, _ checksum: Checksum) throws {
    do { try self.init(row, of: checksum) } catch let damaged as DamagedRow {
      throw damaged.of(series)
    }
  }
}
