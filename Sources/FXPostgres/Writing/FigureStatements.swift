import FXCore

/// The deletion of old rates and publications, of one source after the other.
///
/// A rate is deleted once a later one of its series is too old itself: so of each series the rate
/// that applied at the end of the kept time stays, with its publication, and those that rules look back on.
struct FigureStatements {
  /// The place of a publication in the order of days of its source.
  typealias Place = (source: Int64, day: Int64, number: Int64)

  /// The part: old publications of one source, in the order of days.
  private struct OldPublication {
    let day: Int64
    let number: Int64
    let firstSeen: Timestamp
  }

  private let end: Timestamp
  private let endOfPublications: Timestamp?
  private let reach: StoredReach

  /// The deletions of an instant; nil if all rates are kept.
  init?(_ retention: Retention, at now: Timestamp) {
    guard let end = retention.endOfFigures(at: now) else { return nil }
    self.end = end
    endOfPublications = retention.endOfPublications(at: now)
    reach = retention.reach
  }

  /// Selects the next source from one on, with its latest publication and how many series it has.
  static func source(from first: Int64) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT id, name, (SELECT count(*) FROM fxwatch.series WHERE source_id = source.id) AS series,
        coalesce((SELECT max(number) FROM fxwatch.publication WHERE source_id = source.id), 0)
          AS latest
      FROM fxwatch.source WHERE id >= $1 ORDER BY id LIMIT 1
      """, .integer(first))
  }

  /// The number of publications of a part, for a source of so many series.
  static func limit(series: Int) -> Int { max(1, PostgresLimits.figuresPerPrune / max(1, series)) }

  /// Selects the old publications of a source behind a place.
  func publications(behind place: Place, limit: Int) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT number, coalesce(value_date, first_seen / 86400000) AS day, first_seen
      FROM fxwatch.publication
      WHERE source_id = $1 AND (coalesce(value_date, first_seen / 86400000), number) > ($2, $3)
        AND coalesce(value_date, first_seen / 86400000) < $4
      ORDER BY coalesce(value_date, first_seen / 86400000), number LIMIT $5
      """, .integer(place.source), .integer(place.day), .integer(place.number),
      .integer(end.day.stored), .integer(Int64(limit)))
  }

  /// Returns the statements that delete what those publications replace, and the place of the last one.
  func deletions(
    _ rows: PostgresRows, of source: Int64, _ name: SourceName, latest: Int64
  ) throws -> (statements: [PostgresStatement], last: Place?) {
    let old = try rows.map { row in
      OldPublication(
        day: try row.integer("day"), number: try row.integer("number"),
        firstSeen: try row.instant("first_seen"))
    }
    var statements: [PostgresStatement] = []
    for publication in old
    where isBefore(end, publication)
      && publication.number <= latest - Int64(reach.lookback.publications)
    {
      statements.append(
        deleteFigures(
          before: publication.number, of: source, latest: latest,
          isFixing: reach.fixings.contains(name)))
      if let endOfPublications, isBefore(endOfPublications, publication),
        publication.number != latest
      {
        statements.append(Self.deletePublication(publication.number, of: source))
      }
    }
    return (statements, old.last.map { (source, $0.day, $0.number) })
  }

  /// Imported publications have numbers below 1; they are as old as their days.
  private func isBefore(_ instant: Timestamp, _ publication: OldPublication) -> Bool {
    publication.day < Int64(instant.day.daysSinceEpoch)
      && (publication.number < 1 || publication.firstSeen < instant)
  }

  /// Selects the newest publication of a series `s` such that no rule looks back on earlier ones.
  ///
  /// They are counted as by `ReachCount`: of a fixing each day once, of any other series each publication
  /// since the latest, `$3`, in which it is not absent. `$4` is how many rules look back on. Cost: the rates that rules look back on; windows along an index end with the first row that is found.
  private static func lookbackStart(isFixing: Bool) -> String {
    let distance =
      isFixing
      ? """
      count(*) FILTER (WHERE value_date IS NULL OR value_date IS DISTINCT FROM later_day)
        OVER (ORDER BY publication DESC) - 1
      """
      : """
      $3::bigint - publication - coalesce(sum(later - publication) FILTER (
        WHERE coefficient IS NULL) OVER (ORDER BY publication DESC), 0)
      """
    return """
      SELECT publication FROM (
        SELECT publication, coefficient, \(distance) AS distance FROM (
          SELECT o.publication, o.coefficient, p.value_date,
            lag(o.publication, 1, $3::bigint) OVER (ORDER BY o.publication DESC) AS later,
            lag(p.value_date) OVER (ORDER BY o.publication DESC) AS later_day
          FROM \(ObservationTables.all)
          WHERE o.suspect IS NULL\(isFixing ? " AND o.coefficient IS NOT NULL" : "")
        ) neighbours
      ) counted
      WHERE coefficient IS NOT NULL AND distance >= $4 ORDER BY publication DESC LIMIT 1
      """
  }

  private func deleteFigures(
    before number: Int64, of source: Int64, latest: Int64, isFixing: Bool
  ) -> PostgresStatement {
    PostgresStatement(
      """
      WITH old AS (
        SELECT o.series_id, o.publication, o.checksum FROM fxwatch.series s
        JOIN fxwatch.observation later ON later.series_id = s.id AND later.publication = $2
          AND later.coefficient IS NOT NULL AND later.suspect IS NULL
          AND later.publication <= (\(Self.lookbackStart(isFixing: isFixing)))
        JOIN fxwatch.observation o ON o.series_id = s.id AND o.publication < $2
        WHERE s.source_id = $1),
      changed AS (
        UPDATE fxwatch.publication SET observations_checksum = observations_checksum - gone.sum
        FROM (SELECT publication, coalesce(sum(checksum), 0) AS sum FROM old GROUP BY publication) gone
        WHERE source_id = $1 AND number = gone.publication)
      DELETE FROM fxwatch.observation o USING old
      WHERE o.series_id = old.series_id AND o.publication = old.publication
      """, .integer(source), .integer(number), .integer(latest),
      .integer(Int64(reach.lookback.publications)))
  }

  private static func deletePublication(_ number: Int64, of source: Int64) -> PostgresStatement {
    PostgresStatement(
      """
      DELETE FROM fxwatch.publication WHERE source_id = $1 AND number = $2 AND NOT EXISTS (
        SELECT 1 FROM fxwatch.observation o JOIN fxwatch.series s ON s.id = o.series_id
        WHERE s.source_id = $1 AND o.publication = $2)
      """, .integer(source), .integer(number))
  }
}
