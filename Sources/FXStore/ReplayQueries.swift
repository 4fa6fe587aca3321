package import FXCore
import GRDB

extension HistoryReader {
  /// Every publication with what was new in it, in the order in which they became known; nil bounds
  /// are open.
  ///
  /// Publications of one source stay in their own order, also where the clock was set back. Costs the
  /// length of the whole history.
  package func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) throws(StoreProblem) -> [PastPublication] {
    try reading { db in try ReplayQueries(db: db).publications(of: sources, until: until) }
  }
}

/// Reads history in the order in which it came.
struct ReplayQueries {
  let db: Database

  func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) throws -> [PastPublication] {
    var observations = try observations(of: sources)
    var latest: [SourceName: Timestamp] = [:]
    var all: [(known: Timestamp, past: PastPublication)] = []
    let rows = try db.rows(
      """
      SELECT name, number, value_date, first_seen, last_seen, body_hash
      FROM publication JOIN source ON source.id = source_id
      WHERE first_seen <= ? ORDER BY source_id, number
      """, until?.milliseconds ?? .max
    ) { row in
      Publication(
        number: try row.integer(1), source: SourceName(try row.text(0)),
        valueDate: try row.optionalDay(2), firstSeen: try row.instant(3),
        lastSeen: try row.instant(4), bodyHash: try row.text(5), headlines: [])
    }
    for publication in rows where sources.contains(publication.source) {
      let known = max(publication.firstSeen, latest[publication.source] ?? publication.firstSeen)
      latest[publication.source] = known
      let place = Place(source: publication.source, number: publication.number)
      all.append(
        (known, PastPublication(publication, observations.removeValue(forKey: place) ?? [])))
    }
    return all.enumerated().sorted {
      ($0.element.known, $0.offset) < ($1.element.known, $1.offset)
    }.map(\.element.past)
  }

  /// A publication's place.
  private struct Place: Hashable {
    let source: SourceName
    let number: Int64
  }

  private func observations(
    of sources: Set<SourceName>
  ) throws -> [Place: [PastPublication.Observation]] {
    var observations: [Place: [PastPublication.Observation]] = [:]
    for listing in try StateQueries(db: db).listings()
    where sources.contains(listing.series.source) {
      let rows = try db.rows(
        """
        SELECT publication, coefficient, scale, nominal, published_change FROM observation
        WHERE series_id = ? ORDER BY publication
        """, listing.points.seriesID
      ) { row in
        (
          Place(source: listing.series.source, number: try row.integer(0)),
          PastPublication.Observation(
            pair: listing.series.pair, side: listing.series.side,
            rate: try row.optionalInteger(1).map { _ in try row.rate(from: 1) },
            publishedChange: try row.optionalText(4))
        )
      }
      for (place, observation) in rows { observations[place, default: []].append(observation) }
    }
    return observations
  }
}
