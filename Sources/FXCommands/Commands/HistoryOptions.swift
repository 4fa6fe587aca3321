package import FXCore

/// The options of `fxwatch history`.
package struct HistoryOptions: Sendable {
  package var pair: CurrencyPair

  /// The name of the only source; nil for all.
  package var source: String?

  /// The period of value dates; open where nil.
  package var since: CalendarDay?
  package var until: CalendarDay?

  /// The time since which rates became known; nil for any.
  package var firstSeen: Timestamp?

  /// The number of the last rates of each series; nil for all.
  package var last: Int?

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

  /// Returns the rows that `firstSeen` and `last` leave.
  func chosen(of rows: [HistoryRow]) -> [HistoryRow] {
    let recent = firstSeen.map { start in rows.filter { $0.firstSeen >= start } } ?? rows
    guard let last else { return recent }
    var counts: [Series: Int] = [:]
    return recent.reversed().filter { row in
      counts[row.series, default: 0] += 1
      return counts[row.series, default: 0] <= last
    }.reversed()
  }
}
