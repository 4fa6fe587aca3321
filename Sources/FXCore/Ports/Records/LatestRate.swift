/// The latest rate of one series.
package struct LatestRate: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The change printed by the source, verbatim.
  package let publishedChange: String?

  /// The trusted rate before it; nil for the first.
  package let previous: SeriesPoint?

  /// The newest trusted rate of an earlier value date; nil if there is none.
  package let previousDay: SeriesPoint?

  /// The last instant at which the source was seen to print it.
  package let lastSeen: Timestamp

  /// The finest scale the series has been printed with for its nominal.
  package let scale: Int

  /// True if the latest publication of its source contains the series.
  package let isListed: Bool

  /// The reason why the rate is suspect; nil if it is trusted, as the previous ones always are.
  package let suspicion: Suspicion?

  /// The state of its source.
  package let source: SourceState

  /// Creates the latest rate of a series.
  package init(
    series: Series, point: SeriesPoint, publishedChange: String?, previous: SeriesPoint?,
    previousDay: SeriesPoint?, lastSeen: Timestamp, scale: Int, isListed: Bool,
    suspicion: Suspicion?, source: SourceState
  ) {
    self.series = series
    self.point = point
    self.publishedChange = publishedChange
    self.previous = previous
    self.previousDay = previousDay
    self.lastSeen = lastSeen
    self.scale = scale
    self.isListed = isListed
    self.suspicion = suspicion
    self.source = source
  }
}
