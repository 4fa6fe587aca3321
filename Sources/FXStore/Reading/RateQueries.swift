import FXCore
import GRDB

/// Reads the latest rates of all series.
struct RateQueries {
  let db: Database

  /// Returns the latest rate of every series, suspect ones included, sorted by series.
  func latest() throws -> [LatestRate] {
    let queries = StateQueries(db: db)
    let sources = try queries.sources()
    let points = try PointQueries(db: db)
    return try queries.listings().compactMap { listing in
      let trusted = try points.last(of: listing)
      let suspect = try points.latestSuspect(of: listing).flatMap { suspect in
        suspect.point.publication > trusted?.point.publication ?? 0 ? suspect : nil
      }
      guard let point = suspect?.point ?? trusted?.point else { return nil }
      return LatestRate(
        series: listing.series, point: point,
        publishedChange: suspect.map(\.publishedChange) ?? trusted?.publishedChange,
        previous: try points.last(of: listing, before: point.publication)?.point,
        previousDay: try points.last(of: listing, beforeDayOf: point)?.point,
        lastSeen: try lastSeen(of: point, in: listing), scale: listing.scale,
        isListed: listing.isListed, suspicion: suspect?.suspicion,
        source: sources[listing.series.source] ?? SourceState())
    }
  }

  /// Returns when the last publication before the series' next row was last seen; if no row follows,
  /// the source's latest.
  private func lastSeen(of point: SeriesPoint, in listing: Listing) throws -> Timestamp {
    try db.first(
      """
      SELECT last_seen FROM publication WHERE source_id = ?1 AND number < coalesce(
        (SELECT min(publication) FROM observation WHERE series_id = ?2 AND publication > ?3),
        \(Int64.max)
      ) ORDER BY number DESC LIMIT 1
      """, listing.sourceID, listing.seriesID, point.publication
    ) { try $0.instant("last_seen") } ?? point.firstSeen
  }

  /// Returns the last rates of every series, oldest first, at most `count` of each.
  func recent(_ count: Int) throws -> [Series: [Rate]] {
    let query = try db.prepared(
      """
      SELECT \(StoredObservation.columns)
      FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
      WHERE series_id = ? AND coefficient IS NOT NULL ORDER BY publication DESC LIMIT ?
      """)
    var recent: [Series: [Rate]] = [:]
    for listing in try StateQueries(db: db).listings() {
      recent[listing.series] = try listing.locating {
        try query.rows(listing.sourceID, listing.seriesID, count) { row in
          try StoredObservation(row, of: listing.checksum).rate
        }.compactMap(\.self).reversed()
      }
    }
    return recent
  }

  /// Returns the latest trusted rate of every series that was listed at an instant, or is now, sorted by
  /// series.
  ///
  /// Four index seeks a series, whatever the length of its history.
  func rates(asOf instant: Timestamp?) throws -> [RateAsOf] {
    var rates: [RateAsOf] = []
    for source in try sources() {
      guard let number = try instant.map({ try latest(of: source.id, at: $0) }) ?? .max else {
        continue
      }
      rates += try self.rates(of: source.id, source.name, upTo: number, day: nil)
    }
    return rates
  }

  /// Returns the latest trusted rates with a value date up to a day, sorted by series.
  func rates(upTo day: CalendarDay) throws -> [RateAsOf] {
    var rates: [RateAsOf] = []
    for source in try sources() {
      rates += try self.rates(of: source.id, source.name, upTo: .max, day: day)
    }
    return rates
  }

  private func sources() throws -> [(id: Int64, name: SourceName)] {
    try db.rows("SELECT id, name FROM source ORDER BY name") { row in
      (id: try row.integer("id"), name: SourceName(try row.text("name")))
    }
  }

  /// Returns the number of a source's latest publication at an instant; nil before the first.
  private func latest(of source: Int64, at instant: Timestamp) throws -> Int64? {
    try db.first(
      """
      SELECT number FROM publication WHERE source_id = ? AND first_seen <= ?
      ORDER BY first_seen DESC, number DESC LIMIT 1
      """, source, instant
    ) { try $0.integer("number") }
  }

  /// Returns the latest rates of a source's series up to a publication, or of the publications for days
  /// up to one; without the series whose last row then is an end.
  private func rates(
    of source: Int64, _ name: SourceName, upTo number: Int64, day: CalendarDay?
  ) throws -> [RateAsOf] {
    func last(_ column: String, _ condition: String = "") -> String {
      day == nil
        ? """
        SELECT \(column) FROM observation l
        WHERE l.series_id = s.id AND l.publication <= ?2 \(condition)
        ORDER BY l.publication DESC LIMIT 1
        """
        // By the index of days, from the latest back.
        : """
        SELECT \(column) FROM publication q CROSS JOIN observation l
        WHERE q.source_id = ?1 AND coalesce(q.value_date, q.first_seen / 86400000) <= ?3
          AND l.series_id = s.id AND l.publication = q.number \(condition)
        ORDER BY coalesce(q.value_date, q.first_seen / 86400000) DESC, q.number DESC LIMIT 1
        """
    }
    return try db.rows(
      """
      SELECT base, quote, side, \(StoredObservation.columns), s.scale AS series_scale
      FROM series s CROSS JOIN observation o CROSS JOIN publication p
      WHERE s.source_id = ?1 AND o.series_id = s.id AND o.publication = (
          \(last("l.publication", "AND l.coefficient IS NOT NULL AND l.suspect IS NULL"))
        ) AND p.source_id = ?1 AND p.number = o.publication
        AND (\(last("l.coefficient"))) IS NOT NULL AND ?2 IS NOT NULL AND ?3 IS ?3
      ORDER BY substr(base, 1, 3), quote, length(base), side
      """, source, number, day?.daysSinceEpoch
    ) { row in
      let series = try row.series(of: name)
      return RateAsOf(
        series: series, point: try StoredObservation(row, of: series.checksum).listedPoint,
        scale: try row.scale("series_scale"))
    }
  }
}
