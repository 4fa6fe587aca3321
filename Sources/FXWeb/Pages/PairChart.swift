import FXCore
import FXDaemon
import FXSources

/// The chart of a pair's rows: fixings by their value dates, other rates from their first fetch on.
struct PairChart {
  private let rows: [HistoryRow]
  private let setup: Setup
  private let halfTicks: [Series: Double]

  /// A chart of rows, of a config's sources and rules.
  init(_ rows: [HistoryRow], of setup: Setup, scales: [Series: Int]) {
    self.rows = rows
    self.setup = setup
    var halfTicks: [Series: Double] = [:]
    for row in rows {
      guard let rate = row.rate else { continue }
      let scale = max(scales[row.series] ?? 0, rate.printed.scale)
      halfTicks[row.series] = rate.tick(scale: scale).approximate / 2
    }
    self.halfTicks = halfTicks
  }

  /// Returns the drawing of a span, by default of all rows, with marks; nil without a rate in it.
  func drawing(
    title: String, marks: [SVGChart.Mark], from start: Timestamp?, to end: Timestamp
  ) -> SVGChart? {
    let series = Set(rows.map(\.series)).sorted()
    let lines = series.map(line)
    let first = lines.compactMap(\.points.first?.at).min() ?? end
    return SVGChart(
      title: title, lines: lines, marks: marks,
      thresholds: RuleThresholds.thresholds(of: setup.rules, on: series),
      span: (start ?? first, end))
  }

  /// The marks of alerts: where they fired, and where they were resolved.
  static func marks(of alerts: [AlertRecord]) -> [SVGChart.Mark] {
    alerts.flatMap { alert in
      [
        SVGChart.Mark(
          at: alert.firedAt, label: "\(alert.key.rule) fired \(alert.firedAt)")
      ]
        + (alert.resolvedAt.map {
          [
            SVGChart.Mark(
              at: $0, label: "\(alert.key.rule) was resolved \($0)", isResolution: true)
          ]
        } ?? [])
    }
  }

  private func line(_ series: Series) -> SVGChart.Line {
    let isFixing = setup.sources.contains { $0.name == series.source && $0.dating == .fixing }
    let own = rows.filter { $0.series == series }
    let last = Dictionary(own.map { ($0.valueDate, $0.publication) }) { max($0, $1) }
    var value = 0.0
    let points = own.sorted { $0.publication < $1.publication }.compactMap {
      row -> SVGChart.Point? in
      let at = (isFixing ? row.valueDate?.start : nil) ?? row.firstSeen
      guard let rate = row.rate else {
        return SVGChart.Point(at: at, value: value, text: "not listed", isEnd: true)
      }
      guard !isFixing || last[row.valueDate] == row.publication else { return nil }
      value = rate.perUnit.approximate
      return SVGChart.Point(
        at: at, value: value, text: rate.perUnitText, isSuspect: row.suspicion != nil)
    }
    return SVGChart.Line(
      name: series.description, points: points.sorted { $0.at < $1.at },
      halfTick: halfTicks[series] ?? 0)
  }
}
