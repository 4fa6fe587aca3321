import FXCore
import GRDB

/// Reads publications.
struct PublicationQueries {
  let db: Database

  /// Returns the first fetch of each source's first publication.
  func historyStarts() throws -> [SourceName: Timestamp] {
    let starts = try db.rows(
      """
      SELECT name, min(first_seen) AS first_seen
      FROM publication JOIN source ON source.id = source_id GROUP BY name
      """
    ) { row in (SourceName(try row.text("name")), try row.instant("first_seen")) }
    return Dictionary(starts) { first, _ in first }
  }

  /// Returns a publication by its number; throws where it or one of its observations does not match its
  /// checksum.
  func publication(_ number: Int64, of source: SourceName) throws -> Publication? {
    let stored = try db.first(
      """
      SELECT number, value_date, first_seen, last_seen, body_hash, headlines, checksum
      FROM publication WHERE source_id = (SELECT id FROM source WHERE name = ?) AND number = ?
      """, source.text, number
    ) { row in
      (
        publication: try Publication(row, of: source, headlines: row.headlines()),
        checksum: try row.checksum("checksum")
      )
    }
    guard let stored else { return nil }
    let publication = stored.publication
    if let checksum = stored.checksum {
      let rows = try observations(of: number, source)
      guard checksum == rows + publication.checksum + publication.headlines.checksum else {
        throw DamagedRow.publication(number, of: source)
      }
    }
    return publication
  }

  /// Returns the sum of the checksums of a publication's observations.
  private func observations(of number: Int64, _ source: SourceName) throws -> Checksum {
    let query = try db.prepared(
      """
      SELECT \(StoredObservation.columns)
      FROM observation o CROSS JOIN publication p ON p.source_id = ?1 AND p.number = o.publication
      WHERE series_id = ?2 AND o.publication = ?3
      """)
    var sum = Checksum.none
    for listing in try StateQueries(db: db).listings() where listing.series.source == source {
      let checksum = try listing.locating {
        try query.first(listing.sourceID, listing.seriesID, number) { row in
          try StoredObservation(row, of: listing.checksum).checksum(of: listing.checksum)
        }
      }
      if let checksum { sum = sum + checksum }
    }
    return sum
  }

  /// Returns publications with what each changed, in the order in which they became known.
  func publications(of sources: Set<SourceName>, until: Timestamp?) throws -> [PastPublication] {
    var observations = try observations(of: sources)
    var latest: [SourceName: Timestamp] = [:]
    var all: [(known: Timestamp, past: PastPublication)] = []
    let rows = try db.rows(
      """
      SELECT name, number, value_date, first_seen, last_seen, body_hash
      FROM publication JOIN source ON source.id = source_id
      WHERE first_seen <= ? ORDER BY source_id, number
      """, until?.milliseconds ?? .max
    ) { row in try Publication(row, of: SourceName(row.text("name")), headlines: []) }
    for publication in rows where sources.contains(publication.source) {
      let known = max(publication.firstSeen, latest[publication.source] ?? publication.firstSeen)
      latest[publication.source] = known
      let key = Key(source: publication.source, number: publication.number)
      all.append(
        (known, PastPublication(publication, observations.removeValue(forKey: key) ?? [])))
    }
    return all.enumerated().sorted {
      ($0.element.known, $0.offset) < ($1.element.known, $1.offset)
    }.map(\.element.past)
  }

  /// The key of a publication.
  private struct Key: Hashable {
    let source: SourceName
    let number: Int64
  }

  private func observations(
    of sources: Set<SourceName>
  ) throws -> [Key: [PastPublication.Observation]] {
    let query = try db.prepared(
      """
      SELECT \(StoredObservation.columns)
      FROM observation o CROSS JOIN publication p ON p.source_id = ? AND p.number = o.publication
      WHERE series_id = ? ORDER BY o.publication
      """)
    var observations: [Key: [PastPublication.Observation]] = [:]
    for listing in try StateQueries(db: db).listings()
    where sources.contains(listing.series.source) {
      let rows = try listing.locating {
        try query.rows(listing.sourceID, listing.seriesID) { row in
          let stored = try StoredObservation(row, of: listing.checksum)
          return (
            Key(source: listing.series.source, number: stored.publication),
            PastPublication.Observation(
              pair: listing.series.pair, side: listing.series.side, rate: stored.rate,
              publishedChange: stored.publishedChange)
          )
        }
      }
      for (key, observation) in rows { observations[key, default: []].append(observation) }
    }
    return observations
  }
}
