import FXCore
import GRDB

/// The small integers that stand for sources and series in the tables.
///
/// A value: the store works on a copy inside a transaction and keeps it only after the commit, so
/// that a rolled-back identifier is never remembered.
struct Identifiers {
  private var sources: [SourceName: Int64] = [:]
  private var series: [Series: Int64] = [:]

  /// The identifier of a source, made where it has none.
  mutating func of(_ source: SourceName, in db: Database) throws -> Int64 {
    if let known = sources[source] { return known }
    let stored = try db.rows("SELECT id FROM source WHERE name = ?", [source.text]) {
      try $0.integer(0)
    }
    let identifier: Int64
    if let first = stored.first {
      identifier = first
    } else {
      try db.run("INSERT INTO source (name) VALUES (?)", [source.text])
      identifier = db.lastInsertedRowID
    }
    sources[source] = identifier
    return identifier
  }

  /// The identifier of a series, made where it has none.
  mutating func of(_ line: Series, in db: Database) throws -> Int64 {
    if let known = series[line] { return known }
    let source = try of(line.source, in: db)
    let arguments: StatementArguments = [
      source, line.pair.base.code, line.pair.quote.code, line.side.rawValue,
    ]
    let stored = try db.rows(
      "SELECT id FROM series WHERE source_id = ? AND base = ? AND quote = ? AND side = ?", arguments
    ) { try $0.integer(0) }
    let identifier: Int64
    if let first = stored.first {
      identifier = first
    } else {
      try db.run(
        """
        INSERT INTO series (source_id, base, quote, side, scale, listed) VALUES (?, ?, ?, ?, 0, 0)
        """, arguments)
      identifier = db.lastInsertedRowID
    }
    series[line] = identifier
    return identifier
  }
}
