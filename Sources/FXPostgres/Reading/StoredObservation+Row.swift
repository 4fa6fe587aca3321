import FXCore

extension StoredObservation {
  /// Reads the columns of `ObservationColumns` of a series; throws where they do not match their checksum.
  init(_ row: PostgresRow, of series: Series) throws {
    try self.init(row, of: series, series.checksum)
  }

  /// Reads the same of a series of the table of series.
  init(_ row: PostgresRow, of listing: Listing) throws {
    try self.init(row, of: listing.series, listing.checksum)
  }

  private init(_ row: PostgresRow, of series: Series, _ checksum: Checksum) throws {
    self.init(
      publication: try row.integer("publication"), firstSeen: try row.instant("first_seen"),
      valueDate: try row.optionalDay("value_date"), rate: try row.optionalRate(),
      version: try row.count("version"), publishedChange: try row.optionalText("published_change"),
      suspicion: try row.optionalText("suspect"))
    if let stored = try row.optionalInteger("checksum"), stored != self.checksum(of: checksum).short
    {
      throw DamagedRow.mismatch(in: "observation", key: "publication \(publication)").of(series)
    }
  }

  /// The rate with its publication; throws if the series was no longer listed.
  var listedPoint: SeriesPoint {
    get throws {
      guard let point else { throw UnreadableColumn("coefficient") }
      return point
    }
  }

  /// The reason why the rate is suspect; nil if it is trusted.
  var parsedSuspicion: Suspicion? {
    get throws {
      try suspicion.map { text in
        guard let suspicion = Suspicion(text) else { throw UnreadableColumn("suspect") }
        return suspicion
      }
    }
  }
}

extension SuspectPoint {
  /// The suspect rate of an observation.
  init(_ observation: StoredObservation) throws {
    guard let suspicion = try observation.parsedSuspicion else { throw UnreadableColumn("suspect") }
    self.init(
      point: try observation.listedPoint, publishedChange: observation.publishedChange,
      suspicion: suspicion)
  }
}
