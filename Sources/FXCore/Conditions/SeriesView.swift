/// One stored figure of a series: what was printed, for which day, since when it is known.
package struct SeriesPoint: Hashable, Sendable {
  /// The printed figure and its nominal.
  package let rate: Rate

  /// The day the source says it is for; nil where it says none.
  package let valueDate: CalendarDay?

  /// When it was first fetched.
  package let firstSeen: Timestamp

  /// The publication that brought it.
  package let publication: Int64

  /// 1 for the first figure of a value date, one more for each other figure printed for it later.
  package let version: Int

  /// One stored figure.
  package init(
    rate: Rate, valueDate: CalendarDay?, firstSeen: Timestamp, publication: Int64, version: Int
  ) {
    self.rate = rate
    self.valueDate = valueDate
    self.firstSeen = firstSeen
    self.publication = publication
    self.version = version
  }
}

/// What a condition may ask of a series: the port between the condition language and whatever
/// remembers history.
package protocol SeriesView {
  /// The figure of the publication that is being judged.
  var current: SeriesPoint { get }

  /// The figure `change` is measured against: that of the publication before (of the value date
  /// before, where the source prints one fixing a day and this one was revised).
  var previous: SeriesPoint? { get }

  /// When the source last printed something new for the series.
  var lastPublished: Timestamp { get }

  /// The finest scale the series is known to print, 0 to 18.
  var scale: Int { get }

  /// Whether the figure that is being judged replaces one for the same value date of a source that
  /// prints one fixing a day.
  var isRevision: Bool { get }

  /// The figure in force at an instant: the last one first seen at or before it; nil before the
  /// first.
  func point(at instant: Timestamp) -> SeriesPoint?
}

extension SeriesView {
  package var isRevision: Bool { false }

  /// The rate of one unit, with the range its rounding leaves.
  package func range(of point: SeriesPoint) -> RateRange {
    let finest = max(scale, point.rate.printed.scale)
    return RateRange(rate: point.rate.perUnit, tick: point.rate.tick(scale: finest))
  }
}
