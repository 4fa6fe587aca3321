import FXCore
import GRDB

/// Reads the history of one pair.
struct HistoryQueries {
  let db: Database

  /// Returns the rows of each series of the pair, by day, then in the order they became known.
  func history(_ query: HistoryQuery) throws -> [HistoryRow] {
    let listings = try StateQueries(db: db).listings(of: query.pair).filter { listing in
      query.source == nil || listing.series.source == query.source
    }
    guard query.limit != nil, query.newest == nil else {
      return try listings.flatMap { listing in
        let rows = try listing.locating { try self.rows(of: listing, query) }
        return query.allVersions ? rows : rows.newestVersions
      }.page(of: query)
    }
    var rows: [HistoryRow] = []
    var part = query
    for listing in listings where part.limit ?? 0 > 0 {
      let found = try listing.locating { try self.rows(of: listing, part) }
      rows += found
      part.limit = part.limit.map { $0 - found.count }
      if !found.isEmpty {
        part.offset = 0
      } else if part.offset > 0 {
        part.offset -= try count(of: listing, part)
      }
    }
    return rows
  }

  /// Returns the number of all rows of one series.
  private func count(of listing: Listing, _ query: HistoryQuery) throws -> Int {
    var all = query
    (all.limit, all.offset) = (.max, 0)
    return try db.first(
      "SELECT count(*) AS rows FROM (\(chosen(all)))", listing.sourceID, listing.seriesID,
      query.asOf?.milliseconds ?? .max, query.since?.daysSinceEpoch ?? .min,
      query.until?.daysSinceEpoch ?? .max, Int.max, 0
    ) { try $0.count("rows") } ?? 0
  }

  /// Returns the rows of one series.
  ///
  /// Nothing that became known after `asOf` has any effect.
  private func rows(of listing: Listing, _ query: HistoryQuery) throws -> [HistoryRow] {
    let isPart = query.newest != nil || query.limit != nil
    let limits = [query.newest ?? query.limit ?? .max, query.newest == nil ? query.offset : 0]
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
      \(isPart
        ? "FROM (\(chosen(query))) CROSS JOIN observation o CROSS JOIN publication p"
          + " WHERE o.series_id = ?2 AND o.publication = chosen AND p.source_id = ?1"
          + " AND p.number = chosen"
        : matching(query))
        AND ?6 >= 0 AND ?7 >= 0
      ORDER BY coalesce(value_date, first_seen / 86400000), o.publication
      """,
      listing.sourceID, listing.seriesID,
      query.asOf?.milliseconds ?? .max, query.since?.daysSinceEpoch ?? .min,
      query.until?.daysSinceEpoch ?? .max, limits[0], limits[1]
    ) { row in try HistoryRow(row, of: listing) }
  }

  /// Selects the rows that a query matches.
  ///
  /// A period is looked up among the publications, the whole
  /// history among the series' own rows.
  private func matching(_ query: HistoryQuery) -> String {
    let isPeriod = (query.since != nil || query.until != nil) && query.newest == nil
    let tables =
      isPeriod
      ? "publication p CROSS JOIN observation o" : "observation o CROSS JOIN publication p"
    return """
      FROM \(tables)
      WHERE p.source_id = ?1 AND o.series_id = ?2 AND o.publication = p.number
        AND +first_seen <= ?3
        AND coalesce(value_date, first_seen / 86400000) BETWEEN ?4 AND ?5
      """
  }

  /// Selects the numbers of the publications with the rows of a query that has limits.
  private func chosen(_ query: HistoryQuery) -> String {
    if query.newest != nil {
      return """
        SELECT o.publication AS chosen \(matching(query))
        ORDER BY o.publication DESC LIMIT ?6 OFFSET ?7
        """
    }
    guard !query.allVersions else {
      return """
        SELECT o.publication AS chosen \(matching(query))
        ORDER BY coalesce(value_date, first_seen / 86400000), o.publication LIMIT ?6 OFFSET ?7
        """
    }
    // As `newestVersions` chooses.
    return """
      SELECT number AS chosen FROM (
        SELECT p.number, value_date, coalesce(value_date, first_seen / 86400000) AS day,
          suspect IS NOT NULL AS is_suspect,
          max(CASE WHEN coefficient IS NOT NULL AND suspect IS NULL THEN p.number END)
            OVER (PARTITION BY value_date) AS newest
        \(matching(query))
      ) WHERE value_date IS NULL OR number = newest
        OR (is_suspect AND number > coalesce(newest, \(Int64.min + 1)))
      ORDER BY day, number LIMIT ?6 OFFSET ?7
      """
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
      suspicion: try observation.parsedSuspicion)
  }
}
