import FXCore
import GRDB

/// Reads the history of one pair.
struct HistoryQueries {
  let db: Database

  /// Returns the rows of each series of the pair, by day, then in the order they became known.
  func history(_ query: HistoryQuery) throws -> [HistoryRow] {
    try StateQueries(db: db).listings(of: query.pair).filter { listing in
      query.source == nil || listing.series.source == query.source
    }.flatMap { listing in
      let rows = try listing.locating { try self.rows(of: listing, query) }
      return query.allVersions ? rows : rows.newestVersions
    }
  }

  /// Returns the rows of one series.
  ///
  /// Nothing that became known after `asOf` has any effect. A period is looked up among the
  /// publications, the whole history among the series' own rows.
  private func rows(of listing: Listing, _ query: HistoryQuery) throws -> [HistoryRow] {
    let isPeriod = query.since != nil || query.until != nil
    let tables =
      isPeriod
      ? "publication p CROSS JOIN observation o" : "observation o CROSS JOIN publication p"
    return try db.rows(
      """
      SELECT o.publication, coefficient, scale, nominal, version, published_change,
        value_date, first_seen, suspect, o.checksum, (
          SELECT min(l.last_seen, ?3) FROM publication l
          WHERE l.source_id = ?1 AND +l.first_seen <= ?3 AND l.number < coalesce((
            SELECT n.publication FROM observation n CROSS JOIN publication q
            WHERE n.series_id = ?2 AND n.publication > o.publication
              AND q.source_id = ?1 AND q.number = n.publication AND +q.first_seen <= ?3
            ORDER BY n.publication LIMIT 1
          ), \(Int64.max))
          ORDER BY l.number DESC LIMIT 1
        ) AS last_seen
      FROM \(tables)
      WHERE p.source_id = ?1 AND o.series_id = ?2 AND o.publication = p.number
        AND +first_seen <= ?3
        AND coalesce(value_date, first_seen / 86400000) BETWEEN ?4 AND ?5
      ORDER BY coalesce(value_date, first_seen / 86400000), o.publication
      """,
      listing.sourceID, listing.seriesID,
      query.asOf?.milliseconds ?? .max, query.since?.daysSinceEpoch ?? .min,
      query.until?.daysSinceEpoch ?? .max
    ) { row in try HistoryRow(row, of: listing) }
  }
}

extension HistoryRow {
  /// Reads a row of a series.
  fileprivate init(_ row: StoredRow, of listing: Listing) throws {
    let observation = try StoredObservation(row, of: listing.checksum)
    self.init(
      series: listing.series, rate: observation.rate, valueDate: observation.valueDate,
      firstSeen: observation.firstSeen, lastSeen: try row.instant("last_seen"),
      version: observation.version, publishedChange: observation.publishedChange,
      publication: observation.publication,
      suspicion: try observation.suspicion.map { text in
        guard let suspicion = Suspicion(text) else { throw UnreadableValue("suspect") }
        return suspicion
      })
  }
}
