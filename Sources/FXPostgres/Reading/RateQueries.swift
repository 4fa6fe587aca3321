import FXCore

/// Reads rates of many series, and the history of one pair.
struct RateQueries {
  private let session: PostgresSession

  /// The queries of a session.
  init(_ session: PostgresSession) { self.session = session }

  /// Returns the last rates of every series, oldest first, at most `count` of each.
  func recent(_ count: Int) throws -> [Series: [Rate]] {
    let rows = try session.read(
      PostgresStatement(
        """
        SELECT source.name AS source, s.base, s.quote, s.side, point.*
        FROM fxwatch.series s JOIN fxwatch.source ON source.id = s.source_id
        LEFT JOIN LATERAL (
          SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE o.coefficient IS NOT NULL ORDER BY o.publication DESC LIMIT $1
        ) point ON true
        ORDER BY s.id, point.publication
        """, .integer(Int64(count)))
    )
    var recent: [Series: [Rate]] = [:]
    for (series, rate) in try rows.map(Self.seriesWithRate) {
      recent[series, default: []] += rate.map { [$0] } ?? []
    }
    return recent
  }

  /// Reads a series with a rate; nil for one without any.
  private static func seriesWithRate(_ row: PostgresRow) throws -> (Series, Rate?) {
    let series = try row.series()
    guard try row.optionalInteger("publication") != nil else { return (series, nil) }
    return (series, try StoredObservation(row, of: series).rate)
  }

  /// Returns the latest trusted rate of every series that was listed at an instant, or is now, sorted by
  /// series.
  func rates(asOf instant: Timestamp?) throws -> [RateAsOf] {
    try session.read(
      PostgresStatement(
        """
        SELECT source.name AS source, s.base, s.quote, s.side, s.scale AS series_scale, point.*
        FROM (
          SELECT id, name, CASE WHEN $1 IS NULL THEN \(Int64.max) ELSE (
            SELECT number FROM fxwatch.publication WHERE source_id = source.id AND first_seen <= $1
            ORDER BY first_seen DESC, number DESC LIMIT 1) END AS latest
          FROM fxwatch.source
        ) source JOIN fxwatch.series s ON s.source_id = source.id, LATERAL (
          SELECT \(StoredObservation.columns) FROM \(ObservationTables.all)
          WHERE o.publication <= source.latest AND \(ObservationTables.trusted)
          ORDER BY o.publication DESC LIMIT 1
        ) point
        WHERE (
          SELECT e.coefficient FROM fxwatch.observation e
          WHERE e.series_id = s.id AND e.publication <= source.latest
          ORDER BY e.publication DESC LIMIT 1) IS NOT NULL
        \(Listing.order)
        """, .integer(instant?.stored))
    ).map { row in
      let series = try row.series()
      return RateAsOf(
        series: series, point: try StoredObservation(row, of: series).listedPoint,
        scale: try row.scale("series_scale"))
    }
  }

  /// Returns the rows of each series of the pair, by day, then in the order they became known.
  ///
  /// Nothing that became known after `asOf` has any effect.
  func history(_ query: HistoryQuery) throws -> [HistoryRow] {
    let listings = try session.read(
      PostgresStatement(
        """
        \(Listing.all) WHERE s.base IN ($1, $1 || '\(Series.gram)') AND s.quote = $2
          AND ($3 IS NULL OR source.name = $3) \(Listing.order)
        """, .text(query.pair.base.code), .text(query.pair.quote.code),
        .text(query.source?.text))
    ).map { try Listing($0) }
    return try listings.flatMap { listing in
      let rows = try rows(of: listing, query)
      return query.allVersions ? rows : rows.newestVersions
    }.page(of: query)
  }

  private func rows(of listing: Listing, _ query: HistoryQuery) throws -> [HistoryRow] {
    try session.read(
      PostgresStatement(
        """
        SELECT \(StoredObservation.columns), (
          SELECT least(l.last_seen, $3) FROM fxwatch.publication l
          WHERE l.source_id = $1 AND l.first_seen + 0 <= $3 AND l.number < coalesce((
            SELECT n.publication FROM fxwatch.observation n JOIN fxwatch.publication q
              ON q.source_id = $1 AND q.number = n.publication
            WHERE n.series_id = $2 AND n.publication > o.publication AND q.first_seen + 0 <= $3
            ORDER BY n.publication LIMIT 1
          ), \(Int64.max))
          ORDER BY l.number DESC LIMIT 1
        ) AS last_seen
        FROM fxwatch.publication p JOIN fxwatch.observation o ON o.publication = p.number
        WHERE p.source_id = $1 AND o.series_id = $2 AND p.first_seen + 0 <= $3
          AND coalesce(value_date, first_seen / 86400000) BETWEEN $4 AND $5
          AND ($6 IS NULL OR o.publication >= coalesce((
            SELECT n.publication FROM fxwatch.observation n JOIN fxwatch.publication q
              ON q.source_id = $1 AND q.number = n.publication
            WHERE n.series_id = $2 AND q.first_seen + 0 <= $3
              AND coalesce(q.value_date, q.first_seen / 86400000) BETWEEN $4 AND $5
            ORDER BY n.publication DESC OFFSET $6 - 1 LIMIT 1
          ), \(Int64.min + 1)))
        ORDER BY coalesce(value_date, first_seen / 86400000), o.publication
        """,
        .integer(listing.sourceID), .integer(listing.seriesID),
        .integer(query.asOf?.milliseconds ?? .max),
        .integer(query.since.map { Int64($0.daysSinceEpoch) } ?? .min),
        .integer(query.until.map { Int64($0.daysSinceEpoch) } ?? .max),
        .integer(query.newest.map { Int64($0) }))
    ).map { row in
      let observation = try StoredObservation(row, of: listing)
      return HistoryRow(
        series: listing.series, rate: observation.rate, valueDate: observation.valueDate,
        firstSeen: observation.firstSeen, lastSeen: try row.instant("last_seen"),
        version: observation.version, publishedChange: observation.publishedChange,
        publication: observation.publication, suspicion: try observation.parsedSuspicion)
    }
  }
}
