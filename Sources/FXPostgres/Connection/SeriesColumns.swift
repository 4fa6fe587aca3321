import FXCore

/// The columns that name a series; that of the base has the unit of a metal, if it is the gram.
enum SeriesColumns {
  /// The suffix of a base whose unit is the gram.
  static let gram = " gram"

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

extension Series {
  /// The content of the column `base`: `XAU`, or `XAU gram`.
  var storedBase: String { side.isOfGram ? pair.base.code + SeriesColumns.gram : pair.base.code }
}

extension Timestamp {
  /// The stored integer: milliseconds since 1970, within the years 1 to 9999.
  var stored: Int64 { min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999) }
}

extension CalendarDay {
  /// The stored integer: days since 1970, within the years 1 to 9999.
  var stored: Int64 { min(max(Int64(daysSinceEpoch), -719_162), 2_932_896) }
}
