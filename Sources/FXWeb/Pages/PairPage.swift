import FXCommands
import FXCore
import FXDaemon
import FXServer

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

  /// The most rows of a series that are read, the newest.
  private static let mostRead = 20_000

  /// The most alerts marked in the chart, the newest.
  private static let mostMarks = 200

  /// The days before the range whose rates are read.
  private static let daysBefore = 31

  private let pair: CurrencyPair
  private let sourceName: String?
  private let range: Range

  /// The instant of knowledge as it was asked for; nil for now.
  private let asOf: String?

  /// The end of the chart.
  private let end: Timestamp
  private let rows: [HistoryRow]
  private let alerts: [AlertRecord]
  private let setup: Setup
  private let scales: [Series: Int]

  /// The page of a call's pair, with the parameters `range`, `source` and `as_of`.
  init(_ call: RouteCall) throws(WebFailure) {
    let query = try Query(call, ["range", "source", "as_of"])
    guard let pair = CurrencyPair("\(call.values[0])/\(call.values[1])") else {
      throw .notFound("'\(call.values[0])/\(call.values[1])' is not a currency pair")
    }
    range = try query.choice("range", Range.self) ?? .month
    self.pair = pair
    setup = call.source.setup
    sourceName = query["source"]
    asOf = query["as_of"]
    let instant = try Self.instant(query)
    let end = instant ?? call.source.now
    self.end = end
    var wanted = HistoryQuery(pair: pair)
    wanted.source = sourceName.map { SourceName($0) }
    wanted.allVersions = true
    wanted.asOf = instant
    // The chart begins with the rate that was valid before its range.
    wanted.since = range.days.map { end.day.advanced(by: -($0 + Self.daysBefore)) }
    wanted.newest = Self.mostRead
    var any = wanted
    (any.since, any.newest) = (nil, 1)
    let (history, last) = (wanted, any)
    let rows = try call.source.stored { reader throws(StoreProblem) in
      let rows = try reader.history(history)
      return rows.isEmpty ? try reader.history(last) : rows
    }
    guard !rows.isEmpty else { throw .notFound("no source prints \(pair)") }
    self.rows = rows
    alerts = try call.source.stored { reader throws(StoreProblem) in
      try reader.latestAlerts(of: pair, limit: Self.mostMarks)
    }
    let known = try call.source.stored { reader throws(StoreProblem) in
      try reader.rates(asOf: nil)
    }
    scales = Dictionary(
      known.filter { $0.series.pair == pair }.map { ($0.series, $0.scale) }
    ) { first, _ in first }
  }

  /// The instant of `as_of`: of a day its end, in UTC.
  private static func instant(_ query: Query) throws(WebFailure) -> Timestamp? {
    guard let text = query["as_of"] else { return nil }
    if let day = CalendarDay(text: text) { return day.advanced(by: 1).start - .milliseconds(1) }
    return try query.instant("as_of")
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
      asOfForm(&markup)
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
    PairChart(rows, of: setup, scales: scales).drawing(
      title: "\(pair), \(range.rawValue)", marks: PairChart.marks(of: alerts),
      from: range.days.map { end - .seconds($0 * 86_400) }, to: end)
  }

  private var path: String { "/pairs/\(pair.base.code)/\(pair.quote.code)" }

  private func query(_ range: Range) -> String {
    "?range=\(range.rawValue)" + filter
  }

  /// The other parameters of this view.
  private var filter: String {
    (sourceName.map { "&source=\(Paging.escaped($0))" } ?? "")
      + (asOf.map { "&as_of=\(Paging.escaped($0))" } ?? "")
  }

  private func asOfForm(_ markup: inout Markup) {
    markup.element("form", ["class": "filter", "method": "get", "action": path]) { form in
      form.element("input", ["type": "hidden", "name": "range", "value": range.rawValue])
      if let sourceName {
        form.element("input", ["type": "hidden", "name": "source", "value": sourceName])
      }
      form.element("label") {
        $0.text("As known at the end of")
        $0.element("input", ["type": "date", "name": "as_of", "value": asOf ?? ""])
      }
      form.element("button", text: "Show")
    }
    if let asOf {
      markup.element("p", text: "Shown is what was known at \(asOf). Later corrections are absent.")
    }
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
    let filter = "pair=\(pair)" + self.filter
    markup.element("p") {
      $0.element("a", ["href": path + "/chart.svg" + query(range)], text: "SVG")
      $0.text(", ")
      $0.element("a", ["href": "/api/v1/history?\(filter)&versions=true"], text: "JSON")
      $0.text(", ")
      $0.element("a", ["href": "/history.csv?\(filter)&versions=true"], text: "CSV")
    }
    markup.element("p") {
      $0.element("code", text: "curl 'http://HOST/api/v1/history?\(filter)&versions=true'")
    }
  }

  private func table(_ markup: inout Markup) {
    let shown = rows.sorted { ($0.firstSeen, $0.series) > ($1.firstSeen, $1.series) }
      .prefix(Self.mostRows)
    markup.element("h2", text: "Versions")
    markup.table(
      caption: "\(shown.count) rates, the newest first",
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
