import FXCore
import GRDB

/// The small integers that stand for sources and series in the tables, and what the tables say of the
/// series.
///
/// A value: the store works on a copy inside a transaction and keeps it only after the commit, so
/// that a rolled-back identifier is never remembered.
struct Identifiers {
  private var sources: [SourceName: Int64] = [:]
  private var series: [Series: KnownSeries] = [:]

  /// A series as its row stands.
  struct KnownSeries {
    let id: Int64

    /// Not above what the row says: the scale only ever gets finer.
    var scale: Int
    var isListed: Bool
  }

  /// The identifier of a source, made where it has none.
  mutating func of(_ source: SourceName, in db: Database) throws -> Int64 {
    if let known = sources[source] { return known }
    let stored = try db.rows("SELECT id FROM source WHERE name = ?", source.text) {
      try $0.integer(0)
    }
    let identifier: Int64
    if let first = stored.first {
      identifier = first
    } else {
      try db.run("INSERT INTO source (name) VALUES (?)", source.text)
      identifier = db.lastInsertedRowID
    }
    sources[source] = identifier
    return identifier
  }

  /// The identifier of a series, made where it has none.
  mutating func of(_ line: Series, in db: Database) throws -> Int64 {
    try known(line, in: db).id
  }

  /// Sees to it that the row of a series says that it is listed, and prints at least this scale;
  /// gives its identifier.
  ///
  /// Writes nothing where it does, as nearly always.
  mutating func list(_ line: Series, scale: Int, in db: Database) throws -> Int64 {
    var known = try known(line, in: db)
    guard known.scale < scale || !known.isListed else { return known.id }
    try db.run(
      "UPDATE series SET scale = max(scale, ?), listed = 1 WHERE id = ?", scale, known.id)
    known.scale = max(known.scale, scale)
    known.isListed = true
    series[line] = known
    return known.id
  }

  /// Has the row of a series say that it is listed no longer; gives its identifier.
  mutating func delist(_ line: Series, in db: Database) throws -> Int64 {
    var known = try known(line, in: db)
    try db.run("UPDATE series SET listed = 0 WHERE id = ?", known.id)
    known.isListed = false
    series[line] = known
    return known.id
  }

  private mutating func known(_ line: Series, in db: Database) throws -> KnownSeries {
    if let known = series[line] { return known }
    let source = try of(line.source, in: db)
    let (base, quote) = (line.pair.base.code, line.pair.quote.code)
    let stored = try db.rows(
      """
      SELECT id, scale, listed FROM series
      WHERE source_id = ? AND base = ? AND quote = ? AND side = ?
      """, source, base, quote, line.side.rawValue
    ) { row in
      KnownSeries(
        id: try row.integer(0), scale: Int(try row.integer(1)), isListed: try row.integer(2) != 0)
    }
    let known: KnownSeries
    if let first = stored.first {
      known = first
    } else {
      try db.run(
        """
        INSERT INTO series (source_id, base, quote, side, scale, listed) VALUES (?, ?, ?, ?, 0, 0)
        """, source, base, quote, line.side.rawValue)
      known = KnownSeries(id: db.lastInsertedRowID, scale: 0, isListed: false)
    }
    series[line] = known
    return known
  }
}
