import FXCore

/// Reads the latest rate of every series, with the rates before it.
enum LatestRates {
  /// A series with its latest rate.
  private struct Line {
    let listing: Listing
    let observation: StoredObservation
    let point: SeriesPoint
    let lastSeen: Timestamp
  }

  /// Of each series the latest trusted rate, or a suspect one after it, and when the last publication
  /// before the series' next row was last seen.
  private static let latest = PostgresStatement(
    """
    SELECT s.id, s.source_id, s.scale AS finest, s.listed, source.name AS source, s.base, s.quote,
      s.side, point.*, seen.last_seen
    FROM fxwatch.series s JOIN fxwatch.source ON source.id = s.source_id, LATERAL (
      SELECT * FROM (
        (SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE \(ObservationTables.trusted) ORDER BY o.publication DESC LIMIT 1)
        UNION ALL
        (SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE o.publication = s.suspect AND o.suspect IS NOT NULL)
      ) both_kinds ORDER BY publication DESC LIMIT 1
    ) point, LATERAL (
      SELECT last_seen FROM fxwatch.publication
      WHERE source_id = s.source_id AND number < coalesce((
        SELECT min(publication) FROM fxwatch.observation n
        WHERE n.series_id = s.id AND n.publication > point.publication), \(Int64.max))
      ORDER BY number DESC LIMIT 1
    ) seen
    \(Listing.order)
    """)

  /// The last trusted rates before given publications.
  private static func previous(_ lines: [Line]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    rows.add("id", lines.map(\.listing.seriesID))
    rows.add("source_id", lines.map(\.listing.sourceID))
    rows.add("latest", lines.map(\.point.publication))
    return PostgresStatement(
      """
      SELECT s.id, point.* FROM (SELECT t.* FROM ROWS) s, LATERAL (
        SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
        WHERE \(ObservationTables.trusted) AND o.publication < s.latest
        ORDER BY o.publication DESC LIMIT 1) point
      """, of: rows)
  }

  /// Reads everything; sorted by series.
  static func read(_ session: PostgresSession) throws -> [LatestRate] {
    let results = try session.read([latest, StateQueries.sources])
    let sources = Dictionary(
      try results[1].map { (SourceName(try $0.text("name")), try SourceState($0)) }
    ) { first, _ in first }
    let lines = try results[0].map { row in
      let listing = try Listing(row, scale: "finest")
      let observation = try StoredObservation(row, of: listing)
      return Line(
        listing: listing, observation: observation, point: try observation.listedPoint,
        lastSeen: try row.instant("last_seen"))
    }
    let before = try session.read(previous(lines)).points(of: lines.map(\.listing))
    var earlier = EarlierDays(
      lines.compactMap { line in
        line.point.valueDate.map { day in
          EarlierDays.Request(
            listing: line.listing, publication: line.point.publication, day: day)
        }
      })
    while let statement = earlier.statement { try earlier.take(try session.read(statement)) }
    return try lines.map { line in
      LatestRate(
        series: line.listing.series, point: line.point,
        publishedChange: line.observation.publishedChange,
        previous: before[line.listing.seriesID],
        previousDay: earlier.points[line.listing.seriesID], lastSeen: line.lastSeen,
        scale: line.listing.scale, isListed: line.listing.isListed,
        suspicion: try line.observation.parsedSuspicion,
        source: sources[line.listing.series.source] ?? SourceState())
    }
  }
}
