import FXCommands
import FXCore
import FXDaemon
import FXServer
import FXSources

/// The history of a pair: a chart and a table of versions.
struct PairPage {
  /// A span of time that ends now.
  private enum Range: String, CaseIterable {
    case day = "1D"
    case week = "1W"
    case month = "1M"
    case year = "1Y"
    case all

    var days: Int? {
      switch self {
      case .day: 1
      case .week: 7
      case .month: 31
      case .year: 366
      case .all: nil
      }
    }
  }

  /// The most rows of the table.
  private static let mostRows = 500

  private let pair: CurrencyPair
  private let sourceName: String?
  private let range: Range
  private let now: Timestamp
  private let rows: [HistoryRow]
  private let fixings: Set<SourceName>
  private let alerts: [AlertRecord]
  private let ticks: [Series: Double]

  /// The page of a call's pair, with the parameters `range` and `source`.
  init(_ call: RouteCall) throws(WebFailure) {
    let query = try Query(call, ["range", "source"])
    guard let pair = CurrencyPair("\(call.values[0])/\(call.values[1])") else {
      throw .notFound("'\(call.values[0])/\(call.values[1])' is not a currency pair")
    }
    guard let range = Range(rawValue: query["range"] ?? "1M") else {
      throw .unprocessable("range is one of 1D, 1W, 1M, 1Y, all")
    }
    self.pair = pair
    self.range = range
    let now = call.source.now
    self.now = now
    sourceName = query["source"]
    var wanted = HistoryQuery(pair: pair)
    wanted.source = query["source"].map { SourceName($0) }
    wanted.allVersions = true
    let history = wanted
    let rows = try call.source.stored { reader throws(StoreProblem) in try reader.history(history) }
    guard !rows.isEmpty else { throw .notFound("no source prints \(pair)") }
    self.rows = rows
    fixings = Set(call.source.setup.sources.filter { $0.dating == .fixing }.map(\.name))
    alerts = try call.source.stored { reader throws(StoreProblem) in
      try reader.alerts(all: true).filter { $0.key.series.pair == pair }
    }
    let latest = try call.source.stored { reader throws(StoreProblem) in try reader.latestRates() }
    ticks = Dictionary(
      latest.filter { $0.series.pair == pair }.map {
        ($0.series, $0.point.rate.tick(scale: $0.scale).approximate / 2)
      }, uniquingKeysWith: { first, _ in first })
  }

  var response: WebResponse {
    Page(title: pair.description, current: nil) { markup in
      ranges(&markup)
      markup.element("div", ["class": "plot"]) { plot in
        if let drawing {
          drawing.write(to: &plot)
          plot.element("p", text: drawing.summary)
        } else {
          plot.element("p", ["class": "none"], text: "No rate in this range.")
        }
      }
      views(&markup)
      table(&markup)
    }.response
  }

  /// The chart alone, for other pages.
  var chart: WebResponse {
    var markup = Markup(isXML: true)
    guard let drawing else { return WebResponse(status: 404) }
    drawing.write(to: &markup, isDocument: true)
    return WebResponse(type: "image/svg+xml", body: markup.bytes)
  }

  private var drawing: SVGChart? {
    let series = Set(rows.map(\.series)).sorted()
    let lines = series.map { series -> SVGChart.Line in
      let isFixing = fixings.contains(series.source)
      let own = rows.filter { $0.series == series }
      let last = Dictionary(own.map { ($0.valueDate, $0.publication) }) { $1 }
      let points = own.compactMap { row -> SVGChart.Point? in
        guard let rate = row.rate, !isFixing || last[row.valueDate] == row.publication else {
          return nil
        }
        return SVGChart.Point(
          at: (isFixing ? row.valueDate?.start : nil) ?? row.firstSeen,
          value: rate.perUnit.approximate, text: rate.perUnitText,
          isSuspect: row.suspicion != nil)
      }
      return SVGChart.Line(
        name: series.description, points: points.sorted { $0.at < $1.at },
        halfTick: ticks[series] ?? 0)
    }
    let first = lines.compactMap(\.points.first?.at).min() ?? now
    let start = range.days.map { now - .seconds($0 * 86_400) } ?? first
    return SVGChart(
      title: "\(pair), \(range.rawValue)", lines: lines,
      marks: alerts.map {
        SVGChart.Mark(at: $0.firedAt, label: "\($0.key.rule) fired \($0.firedAt)")
      },
      from: start, to: now)
  }

  private var path: String { "/pairs/\(pair.base.code)/\(pair.quote.code)" }

  private func query(_ range: Range) -> String {
    "?range=\(range.rawValue)" + (sourceName.map { "&source=\($0)" } ?? "")
  }

  private func ranges(_ markup: inout Markup) {
    markup.element("ul", ["class": "ranges", "aria-label": "Range"]) { list in
      for choice in Range.allCases {
        list.element("li") {
          $0.element(
            "a",
            [
              "href": path + query(choice), "aria-current": choice == range ? "true" : nil,
            ], text: choice == .all ? "All" : choice.rawValue)
        }
      }
    }
  }

  private func views(_ markup: inout Markup) {
    let filter = "pair=\(pair)" + (sourceName.map { "&source=\($0)" } ?? "")
    markup.element("p") {
      $0.element("a", ["href": path + "/chart.svg" + query(range)], text: "SVG")
      $0.text(", ")
      $0.element("a", ["href": "/api/v1/history?\(filter)&versions=true"], text: "JSON")
      $0.text(", ")
      $0.element("a", ["href": "/history.csv?\(filter)&versions=true"], text: "CSV")
    }
  }

  private func table(_ markup: inout Markup) {
    let shown = rows.sorted { ($0.firstSeen, $0.series) > ($1.firstSeen, $1.series) }
      .prefix(Self.mostRows)
    markup.element("h2", text: "Versions")
    markup.table(
      caption: "\(shown.count) of \(rows.count) rates, the newest first",
      columns: [
        "Value date", "Source", "Side", ">Printed", ">For", ">Version", "First seen", "Note",
      ], isEmpty: false, ifEmpty: ""
    ) { table in
      for row in shown {
        table.element("tr") { line in
          line.element("td", text: row.valueDate?.description ?? "")
          line.element("td", text: row.series.source.text)
          line.element("td", text: row.series.side.rawValue)
          line.element(
            "td", ["class": "number"], text: row.rate?.printed.description ?? "not listed")
          line.element("td", ["class": "number"], text: row.rate.map { "\($0.nominal)" } ?? "")
          line.element("td", ["class": "number"], text: "\(row.version)")
          line.element("td") { $0.time(row.firstSeen) }
          line.element("td", text: row.suspicion.map { "suspect: \($0)" } ?? "")
        }
      }
    }
  }
}
