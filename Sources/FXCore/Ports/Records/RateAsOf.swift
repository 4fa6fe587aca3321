/// The latest trusted rate of a series as of some instant.
package struct RateAsOf: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The finest scale the series has been printed with.
  package let scale: Int

  /// Creates the rate of a series.
  package init(series: Series, point: SeriesPoint, scale: Int) {
    self.series = series
    self.point = point
    self.scale = scale
  }
}
