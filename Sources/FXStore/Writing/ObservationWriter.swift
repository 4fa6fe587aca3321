import FXCore
import GRDB

/// Writes observations of a source with their checksums, within a transaction of the caller.
struct ObservationWriter {
  private let db: Database
  private let source: Int64
  private let insertion: PreparedStatement

  /// A writer of observations of a source.
  init(db: Database, source: Int64) throws {
    self.db = db
    self.source = source
    insertion = try db.prepared(
      """
      INSERT INTO observation (
        series_id, publication, coefficient, scale, nominal, version, published_change, suspect,
        checksum)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
  }

  /// Writes an observation, in place of one of the same series in the same publication; returns by how
  /// much the checksum of the publication changes.
  func write(_ row: StoredObservation, of series: Identifiers.KnownSeries) throws -> Checksum {
    let checksum = row.checksum(of: series.checksum)
    try insert(row, of: series.id, checksum)
    if db.changesCount > 0 { return checksum }
    return try replace(row, of: series, checksum)
  }

  private func replace(
    _ row: StoredObservation, of series: Identifiers.KnownSeries, _ checksum: Checksum
  ) throws -> Checksum {
    let stored = try db.first(
      """
      SELECT \(StoredObservation.columns)
      FROM observation o CROSS JOIN publication p ON p.source_id = ?1 AND p.number = o.publication
      WHERE o.series_id = ?2 AND o.publication = ?3
      """, source, series.id, row.publication
    ) { try StoredObservation($0, of: series.checksum).checksum(of: series.checksum) }
    guard stored != checksum else { return .none }
    try db.run(
      "DELETE FROM observation WHERE series_id = ? AND publication = ?", series.id,
      row.publication)
    try insert(row, of: series.id, checksum)
    return checksum - (stored ?? .none)
  }

  /// Changes the checksum of a publication; one of an earlier version has none.
  func add(_ change: Checksum, toChecksumOf publication: Int64) throws {
    guard change != .none else { return }
    let stored = try db.first(
      "SELECT checksum FROM publication WHERE source_id = ? AND number = ?", source, publication
    ) { try $0.checksum("checksum") }
    guard let checksum = stored.flatMap(\.self) else { return }
    try db.run(
      "UPDATE publication SET checksum = ?3 WHERE source_id = ?1 AND number = ?2", source,
      publication, (checksum + change).whole)
  }

  private func insert(_ row: StoredObservation, of series: Int64, _ checksum: Checksum) throws {
    try insertion.run(
      series, row.publication, row.rate?.printed.coefficient, row.rate?.printed.scale ?? 0,
      row.rate?.nominal ?? 1, row.version, row.publishedChange, row.suspicion, checksum.short)
  }
}
