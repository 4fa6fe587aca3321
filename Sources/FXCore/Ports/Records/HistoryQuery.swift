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

  /// The most rows of the result; nil for all.
  package var limit: Int?

  /// The number of rows of the result that are skipped.
  package var offset = 0

  /// The most rows of each series, those with the highest numbers of publications; nil for all.
  ///
  /// Of these rows, `allVersions` chooses.
  package var newest: Int?

  /// Creates a query of everything known now of a pair, with the newest rate of each value date.
  package init(pair: CurrencyPair) { self.pair = pair }
}

extension [HistoryRow] {
  /// Returns the rows that a query's limit and offset choose of its whole result.
  package func page(of query: HistoryQuery) -> [HistoryRow] {
    let rest = dropFirst(query.offset)
    return Array(query.limit.map { rest.prefix($0) } ?? rest)
  }
}
