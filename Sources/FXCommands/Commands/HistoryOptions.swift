package import FXCore

/// The options of `fxwatch history`.
package struct HistoryOptions: Sendable {
  package var pair: CurrencyPair

  /// The name of the only source; nil for all.
  package var source: String?

  /// The period of value dates; open where nil.
  package var since: CalendarDay?
  package var until: CalendarDay?

  /// The instant of knowledge; nil for now.
  package var asOf: Timestamp?

  /// True for every rate ever printed, false for the newest one of each value date.
  package var allVersions = false

  /// All sources of a pair, over all history.
  package init(pair: CurrencyPair) { self.pair = pair }

  /// The query to the store.
  var query: HistoryQuery {
    var query = HistoryQuery(pair: pair)
    query.source = source.map { SourceName($0) }
    query.since = since
    query.until = until
    query.asOf = asOf
    query.allVersions = allVersions
    return query
  }
}
