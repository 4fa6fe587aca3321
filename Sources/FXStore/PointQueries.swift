import FXCore
import GRDB

/// A stored figure with what stands beside it in its row.
struct StoredPoint {
  let point: SeriesPoint
  let publishedChange: String?
}

/// Looks up the figures of one series.
///
/// Index seeks, whose cost does not depend on how long its history is. Rows that say a series
/// vanished are passed over, and
/// suspect figures but for `latestSuspect`.
///
/// Order is that of publication numbers, which is the order in which figures became known.
struct PointQueries {
  let db: Database
  let seriesID: Int64
  let sourceID: Int64

  /// The publication with the latest figure that was not trusted; nil where every one was.
  let suspect: Int64?

  /// Every figure from a publication on, oldest first.
  func points(from publication: Int64) throws -> [StoredPoint] {
    try db.rows(Self.after, sourceID, seriesID, publication, as: StoredPoint.init)
  }

  /// The last figure before a publication; `Int64.max` gives the latest of all.
  func last(before publication: Int64) throws -> StoredPoint? {
    try db.rows(Self.before, sourceID, seriesID, publication, as: StoredPoint.init).first
  }

  /// The newest figure for a day before that of `point`, among those published before it.
  ///
  /// Nil where the point has no day, or none is found within
  /// `StoreLimits.publicationsPerValueDate`. The source's publications of the same day are
  /// stepped over first: they are fewer and smaller than the figures in them.
  func ofEarlierDay(than point: SeriesPoint) throws -> StoredPoint? {
    guard let span = try daySpan(of: point) else { return nil }
    return try last(before: span)
  }

  /// The last figure of an earlier day.
  func last(before span: DaySpan) throws -> StoredPoint? {
    guard let earlier = span.earlier else { return nil }
    return try db.rows(
      Self.ofEarlierDay, sourceID, seriesID, earlier, span.day, as: StoredPoint.init
    ).first
  }

  /// The publications for the day of a point, up to its own; nil where it has no day.
  func daySpan(of point: SeriesPoint) throws -> DaySpan? {
    guard let day = point.valueDate?.daysSinceEpoch else { return nil }
    let earlier = try db.rows(
      """
      SELECT number FROM publication
      WHERE source_id = ?1 AND number < ?2 AND number >= ?2 - \(limit) AND value_date < ?3
      ORDER BY number DESC LIMIT 1
      """, sourceID, point.publication, day
    ) { try $0.integer(0) }.first
    return DaySpan(day: day, earlier: earlier, last: point.publication)
  }

  /// The latest figure that was not trusted; nil where every one was.
  func latestSuspect() throws -> SuspectPoint? {
    guard let suspect else { return nil }
    return try db.rows(
      """
      SELECT o.publication, o.coefficient, o.scale, o.nominal, o.version, o.published_change,
        p.value_date, p.first_seen, o.suspect
      FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
      WHERE o.series_id = ? AND o.publication = ? AND o.suspect IS NOT NULL
      """, sourceID, seriesID, suspect
    ) { row in
      guard let suspicion = try Suspicion(row.text(8)) else { throw UnreadableValue() }
      let stored = try StoredPoint(row)
      return SuspectPoint(
        point: stored.point, publishedChange: stored.publishedChange, suspicion: suspicion)
    }.first
  }

  private static let selection = """
    SELECT o.publication, o.coefficient, o.scale, o.nominal, o.version, o.published_change,
      p.value_date, p.first_seen
    FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
    WHERE o.series_id = ? AND o.coefficient IS NOT NULL AND o.suspect IS NULL
    """

  private static let after = "\(selection) AND o.publication >= ? ORDER BY o.publication"

  private static let before =
    "\(selection) AND o.publication < ? ORDER BY o.publication DESC LIMIT 1"

  private static let ofEarlierDay = """
    SELECT * FROM (
      \(selection) AND o.publication <= ? ORDER BY o.publication DESC LIMIT \(limit)
    ) WHERE value_date < ? LIMIT 1
    """
}

/// How far back the search for an earlier day goes.
private let limit = StoreLimits.publicationsPerValueDate

/// Publications of one source in a row, none of them for a day before theirs.
///
/// The same for most series of a source: it need not be looked up for each.
struct DaySpan {
  /// Their day, since 1970.
  let day: Int

  /// The last publication before them, for an earlier day; nil where none is found.
  let earlier: Int64?

  /// The last of them.
  let last: Int64

  /// Whether what was printed before the day of a point is the same for it.
  func covers(_ point: SeriesPoint) -> Bool {
    point.valueDate?.daysSinceEpoch == day && point.publication <= last
      && point.publication > earlier ?? (last - 1)
  }
}

extension StoredPoint {
  /// Reads the columns of `PointQueries`.
  fileprivate init(_ row: StoredRow) throws {
    point = SeriesPoint(
      rate: try row.rate(from: 1), valueDate: try row.optionalDay(6),
      firstSeen: try row.instant(7), publication: try row.integer(0),
      version: Int(try row.integer(4)))
    publishedChange = try row.optionalText(5)
  }
}

extension StoredRow {
  /// A rate from three columns: coefficient, scale, nominal.
  func rate(from column: Int) throws -> Rate {
    let scale = try integer(column + 1)
    guard
      let printed = try ExactDecimal(coefficient: integer(column), scale: Int(scale)),
      let rate = try Rate(printed: printed, nominal: integer(column + 2))
    else { throw UnreadableValue() }
    return rate
  }
}
