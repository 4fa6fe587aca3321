import FXCore

/// The columns that name a series.
enum SeriesColumns {
  /// Adds the columns `source`, `base`, `quote` and `side`.
  static func add(_ series: [Series], to rows: inout PostgresRowsToWrite) {
    rows.add("source", series.map(\.source.text))
    rows.add("base", series.map(\.storedBase))
    rows.add("quote", series.map(\.pair.quote.code))
    rows.add("side", series.map(\.side.ofOunce.rawValue))
  }

  /// The join of `t` with the tables of sources and series.
  static let join = """
    JOIN fxwatch.source ON source.name = t.source
    JOIN fxwatch.series ON series.source_id = source.id AND series.base = t.base
      AND series.quote = t.quote AND series.side = t.side
    """
}
