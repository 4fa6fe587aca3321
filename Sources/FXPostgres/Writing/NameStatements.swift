import FXCore

/// Statements that create what others refer to.
enum NameStatements {
  /// Creates the sources that are not stored.
  ///
  /// Not by a conflict, which would use up an identifier each time.
  static func sources(_ sources: [SourceName]) -> PostgresStatement {
    PostgresStatement(
      """
      INSERT INTO fxwatch.source (name) SELECT t.name FROM unnest($1::text[]) AS t(name)
      WHERE NOT EXISTS (SELECT 1 FROM fxwatch.source WHERE source.name = t.name)
      """, .texts(sources.map(\.text)))
  }

  /// Creates the series that are not stored; their sources are.
  static func series(_ series: [Series]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(series, to: &rows)
    return PostgresStatement(
      """
      INSERT INTO fxwatch.series (source_id, base, quote, side, scale, listed)
      SELECT source.id, t.base, t.quote, t.side, 0, 0
      FROM ROWS JOIN fxwatch.source ON source.name = t.source
      WHERE NOT EXISTS (
        SELECT 1 FROM fxwatch.series WHERE source_id = source.id AND series.base = t.base
          AND series.quote = t.quote AND series.side = t.side)
      """, of: rows)
  }

  /// Inserts rows, or updates those with the same key: `columns` beside the key.
  static func upsert(
    into table: String, _ columns: [String], key: [String], _ selection: String,
    _ rows: PostgresRowsToWrite
  ) -> PostgresStatement {
    let changes = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    return PostgresStatement(
      """
      INSERT INTO fxwatch.\(table) (\((key + columns).joined(separator: ", "))) \(selection)
      ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes)
      """, of: rows)
  }
}
