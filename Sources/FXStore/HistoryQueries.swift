import FXCore
import GRDB

/// Reads figures for people.
struct HistoryQueries {
  let db: Database

  /// The latest figure of every series, sorted by series.
  func latest() throws -> [LatestRate] {
    let queries = StateQueries(db: db)
    let sources = try queries.sources()
    return try queries.listings().compactMap { listing in
      let trusted = try listing.points.last(before: .max)
      let suspect = try listing.points.latestSuspect().flatMap { suspect in
        suspect.point.publication > trusted?.point.publication ?? 0 ? suspect : nil
      }
      guard let point = suspect?.point ?? trusted?.point else { return nil }
      return LatestRate(
        series: listing.series, point: point,
        publishedChange: suspect.map(\.publishedChange) ?? trusted?.publishedChange,
        previous: try listing.points.last(before: point.publication)?.point,
        previousDay: try listing.points.ofEarlierDay(than: point)?.point,
        lastSeen: try lastSeen(of: point, in: listing.points), scale: listing.scale,
        isListed: listing.isListed, suspicion: suspect?.suspicion,
        source: sources[listing.series.source] ?? SourceState())
    }
  }

  /// The last moment of the last publication before the series' next row; of the source's latest
  /// where no row follows.
  private func lastSeen(of point: SeriesPoint, in points: PointQueries) throws -> Timestamp {
    try db.rows(
      """
      SELECT last_seen FROM publication WHERE source_id = ?1 AND number < coalesce(
        (SELECT min(publication) FROM observation WHERE series_id = ?2 AND publication > ?3),
        \(Int64.max)
      ) ORDER BY number DESC LIMIT 1
      """, points.sourceID, points.seriesID, point.publication
    ) { try $0.instant(0) }.first ?? point.firstSeen
  }

  /// The history of one pair.
  func history(_ query: HistoryQuery) throws -> [HistoryRow] {
    try StateQueries(db: db).listings(of: query.pair).filter { listing in
      query.source == nil || listing.series.source == query.source
    }.flatMap { listing in
      let rows = try rows(of: listing, query)
      return query.allVersions ? rows : Self.newest(of: rows)
    }
  }

  /// Rows by day, then in the order they became known.
  ///
  /// What was not known at `asOf` is as if it had never been. Days that are named are looked up among
  /// the publications; all of them are those of the series' own rows.
  private func rows(of listing: Listing, _ query: HistoryQuery) throws -> [HistoryRow] {
    let isPeriod = query.since != nil || query.until != nil
    let tables =
      isPeriod
      ? "publication p CROSS JOIN observation o" : "observation o CROSS JOIN publication p"
    return try db.rows(
      """
      SELECT o.publication, coefficient, scale, nominal, version, published_change,
        value_date, first_seen, suspect, (
          SELECT min(l.last_seen, ?3) FROM publication l
          WHERE l.source_id = ?1 AND +l.first_seen <= ?3 AND l.number < coalesce((
            SELECT n.publication FROM observation n CROSS JOIN publication q
            WHERE n.series_id = ?2 AND n.publication > o.publication
              AND q.source_id = ?1 AND q.number = n.publication AND +q.first_seen <= ?3
            ORDER BY n.publication LIMIT 1
          ), \(Int64.max))
          ORDER BY l.number DESC LIMIT 1
        )
      FROM \(tables)
      WHERE p.source_id = ?1 AND o.series_id = ?2 AND o.publication = p.number
        AND +first_seen <= ?3
        AND coalesce(value_date, first_seen / 86400000) BETWEEN ?4 AND ?5
      ORDER BY coalesce(value_date, first_seen / 86400000), o.publication
      """,
      listing.points.sourceID, listing.points.seriesID,
      query.asOf?.milliseconds ?? .max, query.since?.daysSinceEpoch ?? .min,
      query.until?.daysSinceEpoch ?? .max
    ) { row in
      HistoryRow(
        series: listing.series,
        rate: try row.optionalInteger(1).map { _ in try row.rate(from: 1) },
        valueDate: try row.optionalDay(6), firstSeen: try row.instant(7),
        lastSeen: try row.instant(9), version: Int(try row.integer(4)),
        publishedChange: try row.optionalText(5), publication: try row.integer(0),
        suspicion: try row.optionalText(8).flatMap(Suspicion.init))
    }
  }

  /// Of each value date the newest trusted figure, and the suspect ones after it.
  ///
  /// Rows without a value date are moves, and stay.
  private static func newest(of rows: [HistoryRow]) -> [HistoryRow] {
    var newest: [CalendarDay: Int64] = [:]
    for row in rows where row.rate != nil && row.suspicion == nil {
      if let day = row.valueDate { newest[day] = row.publication }
    }
    return rows.filter { row in
      guard let day = row.valueDate else { return true }
      let latest = newest[day] ?? .min
      return row.publication == latest
        || (row.suspicion != nil && row.publication > latest)
    }
  }

  /// A publication by its number.
  func publication(_ number: Int64, of source: SourceName) throws -> Publication? {
    try db.rows(
      """
      SELECT value_date, first_seen, last_seen, body_hash, headlines FROM publication
      WHERE source_id = (SELECT id FROM source WHERE name = ?) AND number = ?
      """, source.text, number
    ) { row in
      Publication(
        number: number, source: source, valueDate: try row.optionalDay(0),
        firstSeen: try row.instant(1), lastSeen: try row.instant(2), bodyHash: try row.text(3),
        headlines: try row.optionalText(4) == nil ? [] : try row.headlines(4))
    }.first
  }
}

extension StoredRow {
  /// The headlines in a column of `[title, link]` arrays.
  fileprivate func headlines(_ column: Int) throws -> [Headline] {
    guard let entries = try json(column).elements else { throw UnreadableValue() }
    return try entries.map { entry in
      guard let parts = entry.elements, parts.count == 2, let title = parts[0].text else {
        throw UnreadableValue()
      }
      return Headline(title: title, link: parts[1].text)
    }
  }
}
