import FXCore
import GRDB

/// Looks up the trusted rates of single series.
///
/// By index seeks, whose cost does not depend on the length of the history. Rows without a rate,
/// where a series was no longer listed, are skipped. The order is that of publication numbers, in
/// which rates became known.
struct PointQueries {
  /// A rate with the other columns of its row.
  struct StoredPoint {
    let point: SeriesPoint
    let publishedChange: String?
  }

  private let db: Database
  private let newestFirst: PreparedStatement
  private let before: PreparedStatement
  private let ofEarlierDay: PreparedStatement

  /// Prepares the queries.
  init(db: Database) throws {
    self.db = db
    newestFirst = try db.prepared(Self.rows + " ORDER BY o.publication DESC")
    before = try db.prepared(
      Self.selection + " AND o.publication < ? ORDER BY o.publication DESC LIMIT 1")
    ofEarlierDay = try db.prepared(
      """
      SELECT * FROM (
        \(Self.selection) AND o.publication <= ? ORDER BY o.publication DESC LIMIT \(Self.limit)
      ) WHERE value_date < ? LIMIT 1
      """)
  }

  /// Returns every rate from a publication on, and as many before it as a count asks for, oldest first, and
  /// the publications between them from which on there was none.
  func points(
    of series: Listing, from publication: Int64, _ count: ReachCount
  ) throws -> (points: [StoredPoint], absences: [Int64]) {
    var count = count
    var points: [StoredPoint] = []
    var absences: [Int64] = []
    var later: [Int64] = []
    try series.locating {
      try newestFirst.visit(series.sourceID, series.seriesID) { row in
        let observation = try StoredObservation(row, of: series.checksum)
        guard let point = observation.point else {
          later.append(observation.publication)
          count.addAbsence(from: observation.publication)
          return true
        }
        points.append(
          StoredPoint(point: point, publishedChange: observation.publishedChange))
        absences += later
        later = []
        count.add(point)
        return point.publication >= publication || !count.isComplete
      }
    }
    return (points.reversed(), absences.reversed())
  }

  /// Returns the newest publication of a series such that no rule looks back on earlier ones; nil if rules
  /// look back on all.
  func lookbackStart(of series: Listing, _ count: ReachCount) throws -> Int64? {
    var count = count
    var start: Int64?
    try series.locating {
      try newestFirst.visit(series.sourceID, series.seriesID) { row in
        let observation = try StoredObservation(row, of: series.checksum)
        guard let point = observation.point else {
          count.addAbsence(from: observation.publication)
          return true
        }
        count.add(point)
        if count.coversLookback { start = point.publication }
        return start == nil
      }
    }
    return start
  }

  /// Returns the last rate before a publication; by default the latest of all.
  func last(of series: Listing, before publication: Int64 = .max) throws -> StoredPoint? {
    try series.locating {
      try before.first(series.sourceID, series.seriesID, publication) { row in
        try StoredPoint(row, of: series)
      }
    }
  }

  /// Returns the newest rate for a day before that of `point`, among those published before it.
  ///
  /// Nil if the point has no day, or none is found within `StoreLimits.publicationsPerValueDate`
  /// publications.
  func last(of series: Listing, beforeDayOf point: SeriesPoint) throws -> StoredPoint? {
    guard let span = try daySpan(of: point, in: series.sourceID) else { return nil }
    return try last(of: series, before: span)
  }

  /// Returns the last rate of an earlier day than that of a span.
  func last(of series: Listing, before span: DaySpan) throws -> StoredPoint? {
    guard let earlier = span.earlier else { return nil }
    return try series.locating {
      try ofEarlierDay.first(
        series.sourceID, series.seriesID, earlier, span.day
      ) { row in
        try StoredPoint(row, of: series)
      }
    }
  }

  /// Returns a source's publications for the day of a point, up to its own; nil if it has no day.
  ///
  /// The publications of the day are skipped first: they are fewer and smaller than the rates in
  /// them.
  func daySpan(of point: SeriesPoint, in source: Int64) throws -> DaySpan? {
    guard let day = point.valueDate else { return nil }
    let earlier = try db.first(
      """
      SELECT number FROM publication
      WHERE source_id = ?1 AND number < ?2 AND number >= ?2 - \(Self.limit) AND value_date < ?3
      ORDER BY number DESC LIMIT 1
      """, source, point.publication, day
    ) { try $0.integer("number") }
    return DaySpan(day: day, earlier: earlier, last: point.publication)
  }

  /// Returns the latest suspect rate; nil if the series has none.
  func latestSuspect(of series: Listing) throws -> SuspectPoint? {
    guard let suspect = series.suspect else { return nil }
    return try series.locating {
      try db.first(
        """
        SELECT \(StoredObservation.columns)
        FROM observation o CROSS JOIN publication p
          ON p.source_id = ? AND p.number = o.publication
        WHERE o.series_id = ? AND o.publication = ? AND o.suspect IS NOT NULL
        """, series.sourceID, series.seriesID, suspect
      ) { row in
        try SuspectPoint(StoredObservation(row, of: series.checksum))
      }
    }
  }

  /// Returns the publication in which a series disappeared; nil for one that is listed.
  func disappearance(of series: Listing) throws -> Disappearance? {
    guard !series.isListed else { return nil }
    return try db.first(
      """
      SELECT p.number, p.first_seen
      FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
      WHERE o.series_id = ? AND o.coefficient IS NULL
      ORDER BY o.publication DESC LIMIT 1
      """, series.sourceID, series.seriesID
    ) { row in
      Disappearance(publication: try row.integer("number"), at: try row.instant("first_seen"))
    }
  }

  private static let rows = """
    SELECT \(StoredObservation.columns)
    FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
    WHERE o.series_id = ? AND o.suspect IS NULL
    """

  private static let selection = rows + " AND o.coefficient IS NOT NULL"

  /// The number of publications an earlier day is searched in.
  private static let limit = StoreLimits.publicationsPerValueDate
}

extension PointQueries.StoredPoint {
  /// Reads a row of these queries.
  fileprivate init(_ row: StoredRow, of series: Listing) throws {
    let observation = try StoredObservation(row, of: series.checksum)
    point = try observation.listedPoint
    publishedChange = observation.publishedChange
  }
}
