package import FXCore
import GRDB

extension HistoryReader {
  /// When each source's history begins: the first fetch of its first publication.
  package func beginnings() throws(StoreProblem) -> [SourceName: Timestamp] {
    try reading { db in
      let rows = try db.rows(
        """
        SELECT name, min(first_seen) FROM publication JOIN source ON source.id = source_id
        GROUP BY name
        """
      ) { row in (SourceName(try row.text(0)), try row.instant(1)) }
      return Dictionary(rows) { first, _ in first }
    }
  }

  /// The sequences of the events that told of an alert, oldest first.
  ///
  /// Costs a look at every event kept.
  package func events(ofAlert id: String) throws(StoreProblem) -> [Int64] {
    try reading { db in
      try db.rows(
        "SELECT sequence FROM told WHERE json_extract(data, '$.alert_id') = ? ORDER BY sequence",
        id
      ) { try $0.integer(0) }
    }
  }

  /// The last figures of every series, per one unit, oldest first: at most so many.
  package func recentRates(_ count: Int) throws(StoreProblem) -> [Series: [Rate]] {
    try reading { db in
      var recent: [Series: [Rate]] = [:]
      for listing in try StateQueries(db: db).listings() {
        recent[listing.series] = try db.rows(
          """
          SELECT coefficient, scale, nominal FROM observation
          WHERE series_id = ? AND coefficient IS NOT NULL ORDER BY publication DESC LIMIT ?
          """, listing.points.seriesID, count
        ) { try $0.rate(from: 0) }.reversed()
      }
      return recent
    }
  }
}
