package import FXCore
import FXStore

extension Desk {
  /// How many figures a sparkline shows.
  static let sparklineLength = 16

  /// The history of a pair as line charts, one a series.
  package func chart(
    of pair: CurrencyPair, source: String?, since: CalendarDay?, until: CalendarDay?,
    asOf: Timestamp?
  ) throws(CommandFailure) -> String {
    var query = HistoryQuery(pair: pair)
    query.source = source.map { SourceName($0) }
    query.since = since
    query.until = until
    query.asOf = asOf
    let question = query
    let rows = try stored { reader throws(StoreProblem) in try reader.history(question) }
    let series = Set(rows.map(\.series)).sorted()
    guard !series.isEmpty else { return "no history of \(pair)\n" }
    let isFixing = Set(setup.plan.sources.filter { $0.dating == .fixing }.map(\.name))
    return series.map { series in
      let points = rows.filter { $0.series == series }.compactMap { row -> Chart.Point? in
        guard let rate = row.rate else { return nil }
        let day = isFixing.contains(series.source) ? row.valueDate?.start : nil
        return Chart.Point(
          at: day ?? row.firstSeen, value: rate.perUnit, text: rate.perUnitText)
      }
      return Chart(title: series.description, points: points).text
    }.joined(separator: "\n")
  }
}
