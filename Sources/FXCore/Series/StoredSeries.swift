/// The part of one series' history that the engine needs after a restart.
package struct StoredSeries: Hashable, Sendable {
  package let series: Series

  /// The finest scale the series has been printed with for the nominal of its latest point.
  package let scale: Int

  /// The change the source printed beside the latest point, verbatim; nil if it printed none.
  package let publishedChange: String?

  /// True if the latest publication of its source contains the series.
  package let isListed: Bool

  /// The publication in which the series disappeared; nil for one that is listed.
  package let disappearance: Disappearance?

  /// The numbers of publications, as far back as the points within the lookback, from which on the series
  /// was absent until its next point, ascending.
  package let absences: [Int64]

  /// The trusted points, oldest first: every point within the requested lookback, the last one
  /// before it, the latest point, and the latest point of an earlier value date.
  package let points: [SeriesPoint]

  /// The latest suspect rate; nil if the series has none.
  package let suspect: SuspectPoint?

  /// Creates the stored part of one series.
  package init(
    series: Series, scale: Int, publishedChange: String?, isListed: Bool, points: [SeriesPoint],
    suspect: SuspectPoint? = nil, disappearance: Disappearance? = nil, absences: [Int64] = []
  ) {
    self.absences = absences
    self.disappearance = disappearance
    self.suspect = suspect
    self.series = series
    self.scale = scale
    self.publishedChange = publishedChange
    self.isListed = isListed
    self.points = points
  }
}
