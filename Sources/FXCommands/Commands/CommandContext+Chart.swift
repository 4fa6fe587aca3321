package import FXCore
package import FXDaemon
import FXSystem

extension CommandContext {
  /// How many figures a sparkline shows.
  static let sparklineLength = 16

  /// The history of a pair as line charts, one a series: of a source that prints one fixing a day the
  /// last figure of each value date, of any other every figure.
  package func chart(
    of pair: CurrencyPair, source: String?, since: CalendarDay?, until: CalendarDay?,
    asOf: Timestamp?
  ) throws(CommandFailure) -> String {
    var query = HistoryQuery(pair: pair)
    query.source = source.map { SourceName($0) }
    query.since = since
    query.until = until
    query.asOf = asOf
    query.allVersions = true
    let question = query
    let rows = try stored { reader throws(StoreProblem) in try reader.history(question) }
    let series = Set(rows.map(\.series)).sorted()
    guard !series.isEmpty else { return "no history of \(pair)\n" }
    let alerts = try stored { reader throws(StoreProblem) in try reader.alerts(all: true) }
    let now = SystemClock().now()
    return series.map { series in
      let figures = rows.filter { $0.series == series }
      let isFixing = fixings.contains(series.source)
      let last = Dictionary(figures.map { ($0.valueDate, $0.publication) }) { $1 }
      let points = figures.compactMap { row -> Chart.Point? in
        guard let rate = row.rate, !isFixing || last[row.valueDate] == row.publication else {
          return nil
        }
        let day = isFixing ? row.valueDate?.start : nil
        return Chart.Point(
          at: day ?? row.firstSeen, value: rate.perUnit, text: rate.perUnitText)
      }
      // Of a fixing the line is drawn by value dates, and so are the alerts on it.
      let marks = alerts.filter { $0.key.series == series }.map { alert in
        let day = alert.data.value["value_date"]?.text.flatMap { CalendarDay(text: $0) }
        return Chart.Mark(
          rule: alert.key.rule, from: isFixing ? day?.start ?? alert.firedAt : alert.firedAt,
          until: alert.kind == .event ? nil : alert.resolvedAt ?? now)
      }
      return Chart(title: series.description, points: points, marks: marks).text
    }.joined(separator: "\n")
  }
}
