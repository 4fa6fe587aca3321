import FXCore
import GRDB

/// The integers that identify sources and series in the tables, with the stored properties of the
/// series.
///
/// A value: the store works on a copy within a transaction and keeps it only after the commit, so
/// that an identifier that was rolled back is never used.
struct Identifiers {
  private var sources: [SourceName: Int64] = [:]
  private var series: [Series: KnownSeries] = [:]

  /// A series as it is stored.
  struct KnownSeries {
    let id: Int64

    /// The part of the series in the checksums of its observations.
    let checksum: Checksum

    /// The finest known scale for the nominal of the latest rate.
    fileprivate(set) var scale: Int
    fileprivate(set) var isListed: Bool
  }

  /// Returns the identifier of a source; creates it if it has none.
  mutating func of(_ source: SourceName, in db: Database) throws -> Int64 {
    if let known = sources[source] { return known }
    let stored = try db.first("SELECT id FROM source WHERE name = ?", source.text) {
      try $0.integer("id")
    }
    let identifier: Int64
    if let stored {
      identifier = stored
    } else {
      try db.run("INSERT INTO source (name) VALUES (?)", source.text)
      identifier = db.lastInsertedRowID
    }
    sources[source] = identifier
    return identifier
  }

  /// Returns the identifier of a series; creates it if it has none.
  mutating func of(_ line: Series, in db: Database) throws -> Int64 {
    try known(line, in: db).id
  }

  /// Marks a series as listed, and as printed with this scale where it is that of a trusted rate;
  /// returns it.
  ///
  /// Writes nothing if it is, as nearly always.
  mutating func list(
    _ line: Series, scale: Int, isTrusted: Bool, in db: Database
  ) throws -> KnownSeries {
    var known = try known(line, in: db)
    let scale = isTrusted ? scale : known.scale
    guard known.scale != scale || !known.isListed else { return known }
    try db.run("UPDATE series SET scale = ?, listed = 1 WHERE id = ?", scale, known.id)
    known.scale = scale
    known.isListed = true
    series[line] = known
    return known
  }

  /// Marks a series as no longer listed; returns it.
  mutating func delist(_ line: Series, in db: Database) throws -> KnownSeries {
    var known = try known(line, in: db)
    try db.run("UPDATE series SET listed = 0 WHERE id = ?", known.id)
    known.isListed = false
    series[line] = known
    return known
  }

  /// Returns a series; creates it if it is not stored.
  mutating func known(_ line: Series, in db: Database) throws -> KnownSeries {
    if let known = series[line] { return known }
    let source = try of(line.source, in: db)
    let (base, quote, side) = (line.storedBase, line.pair.quote.code, line.side.ofOunce.rawValue)
    let stored = try db.first(
      """
      SELECT id, scale, listed FROM series
      WHERE source_id = ? AND base = ? AND quote = ? AND side = ?
      """, source, base, quote, side
    ) { row in
      KnownSeries(
        id: try row.integer("id"), checksum: line.checksum, scale: try row.scale("scale"),
        isListed: try row.flag("listed"))
    }
    let known: KnownSeries
    if let stored {
      known = stored
    } else {
      try db.run(
        """
        INSERT INTO series (source_id, base, quote, side, scale, listed) VALUES (?, ?, ?, ?, 0, 0)
        """, source, base, quote, side)
      known = KnownSeries(
        id: db.lastInsertedRowID, checksum: line.checksum, scale: 0, isListed: false)
    }
    series[line] = known
    return known
  }
}
