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

  /// The publication with its latest suspect rate; nil if it has none.
  let suspect: Int64?

  /// Returns the result of a query of this series; a damaged row is reported with the series.
  func locating<Made>(_ query: () throws -> Made) throws -> Made {
    do { return try query() } catch let error as DamagedRow { throw error.of(series) }
  }
}
