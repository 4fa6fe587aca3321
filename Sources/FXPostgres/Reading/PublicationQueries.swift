import FXCore

/// Reads publications.
struct PublicationQueries {
  private let session: PostgresSession

  /// The queries of a session.
  init(_ session: PostgresSession) { self.session = session }

  /// Returns the first fetch of each source's first publication.
  func historyStarts() throws -> [SourceName: Timestamp] {
    let starts = try session.read(
      PostgresStatement(
        """
        SELECT name, min(first_seen) AS first_seen
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id GROUP BY name
        """)
    ).map { row in (SourceName(try row.text("name")), try row.instant("first_seen")) }
    return Dictionary(starts) { first, _ in first }
  }

  /// Returns a publication by its number; nil if there is none.
  func publication(_ number: Int64, of source: SourceName) throws -> Publication? {
    try session.read(
      PostgresStatement(
        """
        SELECT \(Publication.columns), headlines, headlines_checksum, observations_checksum, (
          SELECT coalesce(sum(o.checksum), 0)::bigint FROM fxwatch.series s
          JOIN fxwatch.observation o ON o.series_id = s.id AND o.publication = number
          WHERE s.source_id = publication.source_id) AS observations_found
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id
        WHERE name = $1 AND number = $2
        """, .text(source.text), .integer(number))
    ).first { row in
      if let expected = try row.checksum("observations_checksum"),
        try row.checksum("observations_found") != expected
      {
        throw DamagedRow.publication(number, of: source)
      }
      return try Publication(row)
    }
  }

  /// Returns publications with what each changed, in the order in which they became known.
  func publications(of sources: Set<SourceName>, until: Timestamp?) throws -> [PastPublication] {
    let names = sources.map(\.text)
    let results = try session.read([
      PostgresStatement(
        """
        SELECT \(Publication.columns)
        FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id
        WHERE name = ANY ($1) AND first_seen <= $2 ORDER BY source_id, number
        """, .texts(names), .integer(until?.milliseconds ?? .max)),
      PostgresStatement(
        """
        SELECT source.name AS source, s.base, s.quote, s.side, \(StoredObservation.columns)
        FROM fxwatch.series s JOIN fxwatch.source ON source.id = s.source_id
        JOIN \(ObservationTables.joined)
        WHERE source.name = ANY ($1)
        ORDER BY source.name, left(s.base, 3), s.quote, length(s.base), s.side, o.publication
        """, .texts(names)),
    ])
    var observations: [Key: [PastPublication.Observation]] = [:]
    for (key, observation) in try results[1].map(Self.observation) {
      observations[key, default: []].append(observation)
    }
    var latest: [SourceName: Timestamp] = [:]
    var all: [(known: Timestamp, past: PastPublication)] = []
    for publication in try results[0].map(Publication.init) {
      let known = max(publication.firstSeen, latest[publication.source] ?? publication.firstSeen)
      latest[publication.source] = known
      let key = Key(source: publication.source, number: publication.number)
      all.append((known, PastPublication(publication, observations[key] ?? [])))
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

  private static func observation(
    _ row: PostgresRow
  ) throws -> (Key, PastPublication.Observation) {
    let series = try row.series()
    let observation = try StoredObservation(row, of: series)
    return (
      Key(source: series.source, number: observation.publication),
      PastPublication.Observation(
        pair: series.pair, side: series.side, rate: observation.rate,
        publishedChange: observation.publishedChange)
    )
  }
}
