/// One row of a pair's history.
package struct HistoryRow: Hashable, Sendable {
  package let series: Series

  /// The printed rate; nil if the source no longer listed the series from then on.
  package let rate: Rate?

  package let valueDate: CalendarDay?
  package let firstSeen: Timestamp

  /// The last instant at which the source was seen to print the rate.
  package let lastSeen: Timestamp

  /// 1 for the first rate of a value date, one more for each revision.
  package let version: Int

  /// The change printed by the source, verbatim.
  package let publishedChange: String?

  /// The number of the publication that contained it.
  package let publication: Int64

  /// The reason why the rate is suspect; nil if it is trusted.
  package let suspicion: Suspicion?

  /// Creates a row.
  package init(
    series: Series, rate: Rate?, valueDate: CalendarDay?, firstSeen: Timestamp,
    lastSeen: Timestamp, version: Int, publishedChange: String?, publication: Int64,
    suspicion: Suspicion?
  ) {
    self.series = series
    self.rate = rate
    self.valueDate = valueDate
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.version = version
    self.publishedChange = publishedChange
    self.publication = publication
    self.suspicion = suspicion
  }
}

extension [HistoryRow] {
  /// Of each value date the newest trusted rate, and the suspect ones after it.
  ///
  /// The rows are of one series. Those without a value date are moves; all are included.
  package var newestVersions: [HistoryRow] {
    var newest: [CalendarDay: Int64] = [:]
    for row in self where row.rate != nil && row.suspicion == nil {
      if let day = row.valueDate { newest[day] = row.publication }
    }
    return filter { row in
      guard let day = row.valueDate else { return true }
      let latest = newest[day] ?? .min
      return row.publication == latest
        || (row.suspicion != nil && row.publication > latest)
    }
  }
}
