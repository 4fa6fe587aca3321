import FXCore
import GRDB

/// Deletes old rates and publications, within a transaction of the caller.
///
/// A rate is deleted once a later one of its series is too old itself: so of each series the rate
/// that applied at the end of the kept time stays, with its publication, and those that rules look back on.
struct HistoryPruner {
  /// The place of a publication in the order of days.
  struct Place {
    let day: Int64
    let number: Int64

    /// The place before all publications.
    static let start = Place(day: .min, number: .min)
  }

  private let db: Database

  /// The rates before this instant are deleted, and publications without rates before that one.
  private let end: Timestamp
  private let endOfPublications: Timestamp?

  /// The part of the history that rules look back on.
  private let reach: StoredReach

  /// One publication that is too old.
  private struct OldPublication {
    let place: Place
    let isBefore: (Timestamp) -> Bool
  }

  /// The series of a source, with the newest publication of each such that no rule looks back on earlier
  /// ones, as far as that was looked up; nil in it if rules look back on all.
  private struct PrunedSeries {
    let listings: [Listing]

    /// The source's latest publication.
    let latest: Int64

    var starts: [Int64: Int64?] = [:]
  }

  /// The pruner of an instant; nil if all rates are kept.
  init?(_ db: Database, _ retention: Retention, at now: Timestamp) {
    guard let end = retention.endOfFigures(at: now) else { return nil }
    self.db = db
    self.end = end
    endOfPublications = retention.endOfPublications(at: now)
    reach = retention.reach
  }

  /// Deletes rates that the publications of a part replace; returns how many, and the place behind
  /// which the next part begins, nil if there is none.
  func prune(_ source: Int64, behind place: Place) throws -> (deleted: Int, next: Place?) {
    let latest =
      try db.first("SELECT max(number) AS latest FROM publication WHERE source_id = ?", source) {
        try $0.optionalInteger("latest")
      }.flatMap(\.self) ?? 0
    let listings = try StateQueries(db: db).listings().filter { $0.sourceID == source }
    var series = PrunedSeries(listings: listings, latest: latest)
    let limit = max(1, StoreLimits.figuresPerPrune / max(1, listings.count))
    let old = try oldPublications(of: source, behind: place, limit: limit)
    var deleted = 0
    for publication in old
    where publication.isBefore(end)
      && publication.place.number <= latest - Int64(reach.lookback.publications)
    {
      deleted += try deleteFigures(before: publication.place.number, of: source, &series)
      if let endOfPublications, publication.isBefore(endOfPublications),
        publication.place.number != latest,
        try isEmpty(publication.place.number, listings)
      {
        try db.run(
          "DELETE FROM publication WHERE source_id = ? AND number = ?", source,
          publication.place.number)
        deleted += 1
      }
    }
    return (deleted, old.count < limit ? nil : old.last?.place)
  }

  private func oldPublications(
    of source: Int64, behind place: Place, limit: Int
  ) throws -> [OldPublication] {
    try db.rows(
      """
      SELECT number, coalesce(value_date, first_seen / 86400000) AS day, first_seen
      FROM publication
      WHERE source_id = ?1 AND (coalesce(value_date, first_seen / 86400000), number) > (?2, ?3)
        AND coalesce(value_date, first_seen / 86400000) < ?4
      ORDER BY coalesce(value_date, first_seen / 86400000), number LIMIT ?5
      """, source, place.day, place.number, end.day, limit
    ) { row in
      let place = Place(day: try row.integer("day"), number: try row.integer("number"))
      let firstSeen = try row.instant("first_seen")
      // Imported publications have numbers below 1; they are as old as their days.
      return OldPublication(place: place) { instant in
        place.day < Int64(instant.day.daysSinceEpoch) && (place.number < 1 || firstSeen < instant)
      }
    }
  }

  /// Returns true if no rule looks back on the rates of a series before a publication.
  ///
  /// Cost: the rates that rules look back on, once for each part in which some are too old.
  private func isBehindReach(
    _ number: Int64, of listing: Listing, _ series: inout PrunedSeries
  ) throws -> Bool {
    if let known = series.starts[listing.seriesID] { return known.map { number <= $0 } ?? false }
    let start = try PointQueries(db: db).lookbackStart(
      of: listing, reach.count(of: listing.series.source, upTo: series.latest))
    series.starts[listing.seriesID] = .some(start)
    return start.map { number <= $0 } ?? false
  }

  /// Deletes the rates before a publication of the series that have one in it, and corrects the
  /// checksums of their publications.
  private func deleteFigures(
    before number: Int64, of source: Int64, _ series: inout PrunedSeries
  ) throws -> Int {
    let current = try db.prepared(
      """
      SELECT publication FROM observation
      WHERE series_id = ? AND publication = ? AND coefficient IS NOT NULL AND suspect IS NULL
      """)
    let older = try db.prepared(
      """
      SELECT \(StoredObservation.columns)
      FROM observation o CROSS JOIN publication p ON p.source_id = ?1 AND p.number = o.publication
      WHERE o.series_id = ?2 AND o.publication < ?3
      """)
    let deletion = try db.prepared(
      "DELETE FROM observation WHERE series_id = ? AND publication < ?")
    var changes: [Int64: Checksum] = [:]
    var deleted = 0
    for listing in series.listings {
      guard
        try current.first(listing.seriesID, number, as: { try $0.integer("publication") }) != nil
      else { continue }
      let rows = try older.rows(source, listing.seriesID, number) { row in
        try StoredObservation(row, of: listing.checksum)
      }
      guard !rows.isEmpty, try isBehindReach(number, of: listing, &series) else { continue }
      for row in rows {
        changes[row.publication, default: .none] += row.checksum(of: listing.checksum)
      }
      try deletion.run(listing.seriesID, number)
      deleted += rows.count
    }
    let writer = try ObservationWriter(db: db, source: source)
    for (number, checksum) in changes {
      try writer.add(.none - checksum, toChecksumOf: number)
    }
    return deleted
  }

  /// True if a publication has no rates.
  private func isEmpty(_ number: Int64, _ series: [Listing]) throws -> Bool {
    let query = try db.prepared(
      "SELECT publication FROM observation WHERE series_id = ? AND publication = ?")
    return try !series.contains { series in
      try query.first(series.seriesID, number, as: { try $0.integer("publication") }) != nil
    }
  }
}
