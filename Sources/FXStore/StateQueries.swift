import FXCore
import GRDB

/// Reads what the engine starts from.
struct StateQueries {
  let db: Database

  /// Everything, with the figures within reach of an instant.
  func state(within reach: Lookback, of now: Timestamp) throws -> StoredState {
    let installation = try db.rows("SELECT value FROM meta WHERE key = 'installation'") {
      try $0.text(0)
    }
    guard let installation = installation.first else { throw UnreadableValue() }
    return StoredState(
      installation: installation,
      latestEvent: try db.rows("SELECT coalesce(max(sequence), 0) FROM event") {
        try $0.integer(0)
      }.first ?? 0,
      sources: try sources(), series: try series(within: reach, of: now), alerts: try alerts(),
      outbox: try outbox(), disabled: try disabled(), failing: try failing(),
      held: try SilenceQueries(db: db).held(),
      suppressions: try SilenceQueries(db: db).suppressions(at: now), rested: try rested())
  }

  private func disabled() throws -> [String: DisabledNotifier] {
    let states = try db.rows("SELECT name, fingerprint, since, reason FROM disabled_notifier") {
      row in
      (
        try row.text(0),
        DisabledNotifier(
          fingerprint: try row.text(1), since: Timestamp(milliseconds: try row.integer(2)),
          reason: try row.text(3))
      )
    }
    return Dictionary(states) { first, _ in first }
  }

  private func failing() throws -> [String: Timestamp] {
    let since = try db.rows("SELECT name, since FROM failing_notifier") { row in
      (try row.text(0), try row.instant(1))
    }
    return Dictionary(since) { first, _ in first }
  }

  /// What is remembered of every source.
  func sources() throws -> [SourceName: SourceState] {
    let states = try db.rows(
      "SELECT name, source_state.* FROM source_state JOIN source ON source.id = source_id"
    ) { row in (SourceName(try row.text(0)), try SourceState(row)) }
    return Dictionary(states) { first, _ in first }
  }

  /// Every series that was ever listed, or those of one pair; sorted.
  func listings(of pair: CurrencyPair? = nil) throws -> [Listing] {
    try db.rows(
      """
      SELECT series.id, source_id, scale, listed, suspect, name, base, quote, side
      FROM series JOIN source ON source.id = source_id
      WHERE ?1 IS NULL OR (base = ?1 AND quote = ?2) ORDER BY name, base, quote, side
      """, pair?.base.code, pair?.quote.code
    ) { row in
      Listing(
        series: try row.series(from: 5), scale: Int(try row.integer(2)),
        isListed: try row.integer(3) != 0,
        points: PointQueries(
          db: db, seriesID: try row.integer(0), sourceID: try row.integer(1),
          suspect: try row.optionalInteger(4)))
    }
  }

  private func series(within reach: Lookback, of now: Timestamp) throws -> [StoredSeries] {
    var firstInWindow: [Int64: Int64] = [:]
    var latestDays: [Int64: DaySpan] = [:]
    return try listings().compactMap { listing in
      let source = listing.points.sourceID
      let first = try firstInWindow[source] ?? firstPublication(of: source, within: reach, of: now)
      firstInWindow[source] = first
      var stored = first == .max ? [] : try listing.points.points(from: first)
      if let before = try listing.points.last(before: first) { stored.insert(before, at: 0) }
      let suspect = try listing.points.latestSuspect()
      guard let latest = stored.last else {
        return suspect.map {
          StoredSeries(
            series: listing.series, scale: listing.scale, publishedChange: nil,
            isListed: listing.isListed, points: [], suspect: $0)
        }
      }
      if !stored.contains(where: { $0.point.isOfEarlierDay(than: latest.point) }),
        let span = try daySpan(of: latest.point, in: listing.points, known: &latestDays),
        let earlier = try listing.points.last(before: span)
      {
        stored.insert(earlier, at: 0)
      }
      return StoredSeries(
        series: listing.series, scale: listing.scale, publishedChange: latest.publishedChange,
        isListed: listing.isListed, points: stored.map(\.point), suspect: suspect)
    }
  }

  /// The publications for the day of a point, where they are not known from another series of its
  /// source.
  private func daySpan(
    of point: SeriesPoint, in points: PointQueries, known: inout [Int64: DaySpan]
  ) throws -> DaySpan? {
    let latest = known[points.sourceID]
    if let latest, latest.covers(point) { return latest }
    let span = try points.daySpan(of: point)
    if let span, span.last >= latest?.last ?? .min { known[points.sourceID] = span }
    return span
  }

  /// The lowest number of a source's publications within reach.
  ///
  /// `Int64.max` where there is none. The lowest rather than the earliest: a clock may have been
  /// set back. (The plus keeps SQLite from looking for the lowest along the whole history.)
  private func firstPublication(
    of source: Int64, within reach: Lookback, of now: Timestamp
  ) throws -> Int64 {
    let recent =
      try db.rows(
        "SELECT min(+number) FROM publication WHERE source_id = ? AND first_seen >= ?",
        source, reach.start(from: now).milliseconds
      ) { try $0.optionalInteger(0) }.first.flatMap(\.self) ?? .max
    guard reach.publications > 0 else { return recent }
    let latest =
      try db.rows(
        "SELECT coalesce(max(number), 0) FROM publication WHERE source_id = ?", source
      ) { try $0.integer(0) }.first ?? 0
    return min(recent, latest - Int64(reach.publications))
  }

  private func alerts() throws -> [AlertKey: AlertState] {
    let states = try db.rows(
      """
      SELECT rule, name, base, quote, side, \(AlertState.columns)
      FROM alert_state JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      """
    ) { row in
      (
        AlertKey(rule: try row.text(0), series: try row.series(from: 1)),
        try AlertState(row, from: 5)
      )
    }
    return Dictionary(states) { first, _ in first }
  }

  private func outbox() throws -> [OutboxEntry] {
    try db.rows(
      """
      SELECT event_sequence, notifier, lane, opened, attempts, due,
        coalesce(json_extract(data, '$.summary'), '')
      FROM delivery JOIN told ON sequence = event_sequence
      WHERE state = 'open' ORDER BY event_sequence, notifier
      """
    ) { row in
      OutboxEntry(
        sequence: try row.integer(0), notifier: try row.text(1), lane: try row.text(2),
        opened: try row.instant(3), attempts: Int(try row.integer(4)), due: try row.instant(5),
        summary: try row.text(6))
    }
  }
}

/// One series and where to look up its figures.
struct Listing {
  let series: Series
  let scale: Int
  let isListed: Bool
  let points: PointQueries
}

extension SeriesPoint {
  fileprivate func isOfEarlierDay(than other: SeriesPoint) -> Bool {
    guard let day = valueDate, let later = other.valueDate else { return false }
    return day < later
  }
}

extension SourceState {
  /// Reads a name, the source's identifier, and then the columns in the order of the table.
  fileprivate init(_ row: StoredRow) throws {
    self.init()
    lastAttempt = try row.optionalInstant(2)
    lastSuccess = try row.optionalInstant(3)
    failures = Int(try row.integer(4))
    lastFailure = try row.optionalText(5)
    downSince = try row.optionalInstant(6)
    due = try row.optionalInstant(7)
    if let url = try row.optionalText(8) {
      validators = Validators(
        url: url, etag: try row.optionalText(9), lastModified: try row.optionalText(10))
    }
    latestPublication = try row.integer(11)
    latestFirstSeen = try row.optionalInstant(12)
    latestValueDate = try row.optionalDay(13)
    failingSince = try row.optionalInstant(14)
    isUnreachable = try row.integer(15) != 0
    staleSince = try row.optionalInstant(16)
    retired = try row.text(17).split(separator: " ").map { code in
      guard let currency = Currency(code) else { throw UnreadableValue() }
      return currency
    }
    if let bodyHash = try row.optionalText(18), let firstSeen = try row.optionalInstant(20) {
      unfinished = Unfinished(
        bodyHash: bodyHash, valueDate: try row.optionalDay(19), firstSeen: firstSeen,
        lines: Int(try row.integer(21)))
    }
  }
}
