import FXCore

/// One series with its row in the table of series.
struct Listing {
  let series: Series

  /// The part of the series in the checksums of its observations.
  let checksum: Checksum

  let seriesID: Int64
  let sourceID: Int64

  /// The finest scale it has been printed with.
  let scale: Int

  /// True if the latest publication of its source contains it.
  let isListed: Bool

  /// Selects every series, or those of a pair, sorted.
  static let all = """
    SELECT s.id, s.source_id, s.scale, s.listed, source.name AS source, s.base, s.quote, s.side
    FROM fxwatch.series s JOIN fxwatch.source ON source.id = s.source_id
    """
  static let order = "ORDER BY source.name, left(s.base, 3), s.quote, length(s.base), s.side"

  /// Reads a row of those queries; `scale` is the column of the scale.
  init(_ row: PostgresRow, scale column: StaticString = "scale") throws {
    series = try row.series()
    checksum = series.checksum
    seriesID = try row.integer("id")
    sourceID = try row.integer("source_id")
    scale = try row.scale(column)
    isListed = try row.flag("listed")
  }
}

extension PostgresRows {
  /// Reads the rates of series, one of each, by the identifier in `id`.
  func points(of listings: [Listing]) throws -> [Int64: SeriesPoint] {
    let listings = Dictionary(listings.map { ($0.seriesID, $0) }) { first, _ in first }
    var points: [Int64: SeriesPoint] = [:]
    for (id, point) in try map({ row in
      let id = try row.integer("id")
      guard let listing = listings[id] else { throw UnreadableValue("id") }
      return (id, try StoredObservation(row, of: listing).listedPoint)
    }) {
      points[id] = point
    }
    return points
  }
}
