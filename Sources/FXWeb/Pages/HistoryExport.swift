package import FXCommands
package import FXCore
package import FXDaemon

/// The history of a pair in the formats of other programs, for `fxwatch history`.
package enum HistoryExport {
  /// Returns the chart as an SVG document; nil without a trusted rate.
  package static func chart(
    _ rows: [HistoryRow], _ context: CommandContext
  ) throws(CommandFailure) -> [UInt8]? {
    guard let pair = rows.first?.series.pair, let end = rows.map(\.lastSeen).max() else {
      return nil
    }
    let alerts: [AlertRecord]
    do throws(StoreProblem) {
      alerts = try context.setup.store.openForReading().latestAlerts(of: pair, limit: 200)
    } catch {
      throw .failed(error.message)
    }
    let drawing = PairChart(rows, of: context.setup, scales: [:]).drawing(
      title: "\(pair)", marks: PairChart.marks(of: alerts), from: nil, to: end)
    var markup = Markup(isXML: true)
    drawing?.write(to: &markup, isDocument: true)
    return drawing == nil ? nil : markup.bytes
  }

  /// Returns the trusted rates in OpenMetrics, each with the time of its first fetch.
  package static func openMetrics(_ rows: [HistoryRow]) -> String {
    let metric = PrometheusSelector.metric
    var lines = [
      "# HELP \(metric) The published rate of one unit.", "# TYPE \(metric) gauge",
    ]
    for (series, own) in Dictionary(grouping: rows, by: \.series).sorted(by: { $0.key < $1.key }) {
      let labels = PrometheusSelector.labels(of: series).dropFirst()
        .map { "\($0.0)=\"\(Metrics.escaped($0.1))\"" }.joined(separator: ",")
      var last: Timestamp?
      for row in own.sorted(by: { ($0.firstSeen, $0.publication) < ($1.firstSeen, $1.publication) })
      where row.isTrusted && row.firstSeen != last {
        guard let rate = row.rate else { continue }
        lines.append("\(metric){\(labels)} \(rate.perUnitText) \(row.firstSeen.seconds)")
        last = row.firstSeen
      }
    }
    return (lines + ["# EOF"]).map { $0 + "\n" }.joined()
  }
}
