import FXCore
import GRDB

/// Reads the state the engine starts from.
struct StateQueries {
  let db: Database

  /// Returns the text that identifies the installation.
  func installation() throws -> String {
    let installation = try db.first("SELECT value FROM meta WHERE key = 'installation'") {
      try $0.text("value")
    }
    guard let installation else {
      throw DamagedRow(
        table: "meta", key: "key installation", finding: "is missing, and fxwatch always writes it")
    }
    return installation
  }

  /// Returns the whole state, with the rates within reach of an instant; `known` is the number of the
  /// newest event that was ever stored, where it is known.
  func state(
    within reach: StoredReach, of now: Timestamp, known: Int64?
  ) throws -> StoredState {
    let (alerts, deliveries) = (AlertQueries(db: db), DeliveryQueries(db: db))
    let events = EventQueries(db: db)
    let waiting = try OutboxQueries(db: db).waiting()
    let latest = try events.latest()
    let rewind = try known.flatMap { known in
      known > latest
        ? StoreRewind(expected: known, found: latest, since: try events.timestamp(of: latest)) : nil
    }
    return StoredState(
      installation: try installation(), latestEvent: latest, sources: try sources(),
      series: try series(within: reach, of: now), alerts: try alerts.states(),
      outbox: try OutboxQueries(db: db).few(of: waiting), waiting: waiting,
      disabled: try deliveries.disabled(),
      failing: try deliveries.failing(), held: try events.held(),
      suppressions: try SuppressionQueries(db: db).suppressions(at: now),
      alertBases: try alerts.bases(), rewind: rewind)
  }

  /// Selects the states of sources.
  static let sourceStates = """
    SELECT name, last_attempt, last_success, failures, last_failure, down_since, due,
      validators_url, etag, last_modified, latest_publication, latest_first_seen,
      latest_value_date, failing_since, unreachable, stale_since, retired, unfinished_hash,
      unfinished_value_date, unfinished_first_seen, unfinished_lines, history
    FROM source_state JOIN source ON source.id = source_id
    """

  /// Returns the state of every source.
  func sources() throws -> [SourceName: SourceState] {
    let states = try db.rows(
      Self.sourceStates
    ) { row in (SourceName(try row.text("name")), try SourceState(row)) }
    return Dictionary(states) { first, _ in first }
  }

  /// Returns every series that was ever listed, or those of one pair; sorted.
  func listings(of pair: CurrencyPair? = nil) throws -> [Listing] {
    try db.rows(
      """
      SELECT series.id, source_id, scale, listed, suspect, source.name AS source, base, quote, side
      FROM series JOIN source ON source.id = source_id
      WHERE ?1 IS NULL OR (base IN (?1, ?1 || ' gram') AND quote = ?2)
      ORDER BY source, substr(base, 1, 3), quote, length(base), side
      """, pair?.base.code, pair?.quote.code
    ) { row in
      let series = try row.series()
      return Listing(
        series: series, checksum: series.checksum, seriesID: try row.integer("id"),
        sourceID: try row.integer("source_id"), scale: try row.scale("scale"),
        isListed: try row.flag("listed"), suspect: try row.optionalInteger("suspect"))
    }
  }

  /// Returns the series that the engine keeps in memory: all that are listed or have an alert, and of
  /// the others of each source the newest.
  private func loadedListings() throws -> [Listing] {
    let all = try listings()
    guard all.count > StoreLimits.unlistedSeries else { return all }
    let omitted = try db.rows(
      """
      SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY source_id ORDER BY id DESC) AS age
        FROM series WHERE listed = 0
      ) WHERE age > ? AND id NOT IN (SELECT series_id FROM alert_state)
      """, StoreLimits.unlistedSeries
    ) { try $0.integer("id") }
    guard !omitted.isEmpty else { return all }
    let ids = Set(omitted)
    return all.filter { !ids.contains($0.seriesID) }
  }

  private func series(within reach: StoredReach, of now: Timestamp) throws -> [StoredSeries] {
    let points = try PointQueries(db: db)
    var firstInReach: [Int64: (publication: Int64, latest: Int64)] = [:]
    var latestDays: [Int64: DaySpan] = [:]
    return try loadedListings().compactMap { listing in
      let source = listing.sourceID
      let first =
        try firstInReach[source] ?? publications(of: source, within: reach.lookback, of: now)
      firstInReach[source] = first
      var (stored, absences) = try points.points(
        of: listing, from: first.publication,
        reach.count(of: listing.series.source, upTo: first.latest))
      let suspect = try points.latestSuspect(of: listing)
      let disappearance = try points.disappearance(of: listing)
      guard let latest = stored.last else {
        return suspect.map {
          StoredSeries(
            series: listing.series, scale: listing.scale, publishedChange: nil,
            isListed: listing.isListed, points: [], suspect: $0,
            disappearance: disappearance, absences: absences)
        }
      }
      if !stored.contains(where: { $0.point.isOfEarlierDay(than: latest.point) }),
        let span = try daySpan(of: latest.point, in: source, points, known: &latestDays),
        let earlier = try points.last(of: listing, before: span)
      {
        stored.insert(earlier, at: 0)
      }
      return StoredSeries(
        series: listing.series, scale: listing.scale, publishedChange: latest.publishedChange,
        isListed: listing.isListed, points: stored.map(\.point), suspect: suspect,
        disappearance: disappearance, absences: absences)
    }
  }

  /// Returns the publications for the day of a point, which another series of its source may have
  /// looked up already.
  private func daySpan(
    of point: SeriesPoint, in source: Int64, _ points: PointQueries, known: inout [Int64: DaySpan]
  ) throws -> DaySpan? {
    let latest = known[source]
    if let latest, latest.covers(point) { return latest }
    let span = try points.daySpan(of: point, in: source)
    if let span, span.last >= latest?.last ?? .min { known[source] = span }
    return span
  }

  /// Returns the first instant within reach for a source: the earliest at which one of its alerts was armed,
  /// if rules look back to that.
  private func start(
    of source: Int64, within reach: Lookback, of now: Timestamp
  ) throws -> Timestamp {
    let start = reach.start(from: now)
    guard reach.isSinceArmed else { return start }
    let armed =
      try db.first(
        """
        SELECT min(coalesce(armed_before, armed)) AS armed
        FROM alert_state JOIN series ON series.id = series_id WHERE source_id = ?
        """, source
      ) { try $0.optionalInstant("armed") }.flatMap(\.self)
    return armed.map { min(start, $0) } ?? start
  }

  /// Returns the lowest number of a source's publications in the time within reach, `Int64.max` if there is
  /// none, and that of its latest.
  ///
  /// The lowest rather than the earliest: a clock may have been set back. (The plus keeps SQLite from
  /// searching the lowest along the whole history.)
  private func publications(
    of source: Int64, within reach: Lookback, of now: Timestamp
  ) throws -> (publication: Int64, latest: Int64) {
    let recent =
      try db.first(
        """
        SELECT min(+number) AS lowest FROM publication WHERE source_id = ? AND first_seen >= ?
        """, source, try start(of: source, within: reach, of: now)
      ) { try $0.optionalInteger("lowest") }.flatMap(\.self) ?? .max
    let latest =
      try db.first(
        "SELECT coalesce(max(number), 0) AS latest FROM publication WHERE source_id = ?", source
      ) { try $0.integer("latest") } ?? 0
    return (recent, latest)
  }
}

extension SeriesPoint {
  fileprivate func isOfEarlierDay(than other: SeriesPoint) -> Bool {
    guard let day = valueDate, let later = other.valueDate else { return false }
    return day < later
  }
}
