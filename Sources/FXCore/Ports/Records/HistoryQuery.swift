/// A query of the history of one pair.
package struct HistoryQuery: Hashable, Sendable {
  /// The pair in the direction its sources publish.
  package var pair: CurrencyPair

  /// The source; nil for all.
  package var source: SourceName?

  /// The first day: of the value date, or if there is none, of the first fetch in UTC.
  package var since: CalendarDay?

  /// The last day, likewise.
  package var until: CalendarDay?

  /// The instant of which the known history is returned; nil for now.
  package var asOf: Timestamp?

  /// True to return every rate ever printed, and the publications without the series.
  ///
  /// Otherwise only the newest trusted rate of each value date is returned, and the suspect ones
  /// after it.
  package var allVersions = false

  /// Creates a query of everything known now of a pair, with the newest rate of each value date.
  package init(pair: CurrencyPair) { self.pair = pair }
}
