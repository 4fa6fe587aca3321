package import FXCore
import GRDB

/// The figure of a series that was in force at some instant.
package struct FigureInForce: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The finest scale the series is known to print.
  package let scale: Int
}

extension HistoryReader {
  /// The trusted figure of every series that its source had printed last at an instant; nil for now.
  ///
  /// By series; one that did not stand on the page any more is there all the same. Two index seeks a
  /// series, whatever the length of its history.
  package func figures(asOf instant: Timestamp? = nil) throws(StoreProblem) -> [FigureInForce] {
    try reading { db in try FigureQueries(db: db).figures(asOf: instant) }
  }
}

/// Reads single figures.
struct FigureQueries {
  let db: Database

  func figures(asOf instant: Timestamp?) throws -> [FigureInForce] {
    let sources = try db.rows("SELECT id, name FROM source ORDER BY name") { row in
      (id: try row.integer(0), name: SourceName(try row.text(1)))
    }
    var figures: [FigureInForce] = []
    for source in sources {
      guard let number = try instant.map({ try latest(of: source.id, at: $0) }) ?? .max else {
        continue
      }
      figures += try self.figures(of: source.id, source.name, upTo: number)
    }
    return figures
  }

  /// The number of a source's publication in force at an instant; nil before the first.
  private func latest(of source: Int64, at instant: Timestamp) throws -> Int64? {
    try db.rows(
      """
      SELECT number FROM publication WHERE source_id = ? AND first_seen <= ?
      ORDER BY first_seen DESC, number DESC LIMIT 1
      """, source, instant.milliseconds
    ) { try $0.integer(0) }.first
  }

  /// The latest figures of a source's series that came with a publication or one before it.
  private func figures(
    of source: Int64, _ name: SourceName, upTo number: Int64
  ) throws -> [FigureInForce] {
    try db.rows(
      """
      SELECT base, quote, side, o.publication, o.coefficient, o.scale, o.nominal, o.version,
        p.value_date, p.first_seen, s.scale
      FROM series s CROSS JOIN observation o CROSS JOIN publication p
      WHERE s.source_id = ?1 AND o.series_id = s.id AND o.publication = (
          SELECT publication FROM observation
          WHERE series_id = s.id AND publication <= ?2 AND coefficient IS NOT NULL
            AND suspect IS NULL
          ORDER BY publication DESC LIMIT 1
        ) AND p.source_id = ?1 AND p.number = o.publication
      ORDER BY base, quote, side
      """, source, number
    ) { row in
      FigureInForce(
        series: try row.series(of: name, from: 0),
        point: SeriesPoint(
          rate: try row.rate(from: 4), valueDate: try row.optionalDay(8),
          firstSeen: try row.instant(9), publication: try row.integer(3),
          version: Int(try row.integer(7))),
        scale: Int(try row.integer(10)))
    }
  }
}
