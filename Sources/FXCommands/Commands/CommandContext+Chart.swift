import FXCore
package import FXDaemon
import FXSystem

extension CommandContext {
  /// The number of rates in a sparkline.
  static let sparklineLength = 16

  /// Draws the history of a pair, one line chart per series: for a source with one fixing a day the
  /// last rate of each value date, for any other source every rate.
  package func chart(_ options: HistoryOptions) throws(CommandFailure) -> String {
    var query = options.query
    query.allVersions = true
    let wanted = query
    let rows = options.chosen(
      of: try stored { reader throws(StoreProblem) in try reader.history(wanted) })
    let series = Set(rows.map(\.series)).sorted()
    guard !series.isEmpty else { return "no history of \(options.pair)\n" }
    let alerts = try stored { reader throws(StoreProblem) in try reader.alerts(all: true) }
    let now = SystemClock().now()
    return series.map { series in
      let own = rows.filter { $0.series == series }
      let isFixing = fixings.contains(series.source)
      let last = Dictionary(own.map { ($0.valueDate, $0.publication) }) { $1 }
      let points = own.compactMap { row -> Chart.Point? in
        guard let rate = row.rate, !isFixing || last[row.valueDate] == row.publication else {
          return nil
        }
        let day = isFixing ? row.valueDate?.start : nil
        return Chart.Point(
          at: day ?? row.firstSeen, value: rate.perUnit, text: rate.perUnitText)
      }
      // The line of a fixing is drawn by value dates, and so are the alerts on it.
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
