import FXCommands
import FXCore
import FXDaemon
import FXServer

/// One rule: its condition, the series that it watches, its verdict on a pair, and a back-test over a year
/// of the stored history.
///
/// Verdict and back-test are computed where they are asked for, because they read the history.
struct RulePage {
  /// The days of a back-test.
  private static let days = 366

  /// The most series that are listed.
  private static let mostSeries = 200

  /// The most rows of a series in a chart.
  private static let mostRows = 20_000

  private let rule: Rule
  private let series: [Series]
  private let alerts: [EngineSnapshot.Alert]
  private let verdicts: [ExplainReport]
  private let firings: [Series: [SVGChart.Mark]]?
  private let source: SiteSource

  /// The page of a call's rule, with the parameters `pair` and `backtest`.
  init(_ call: RouteCall) async throws(WebFailure) {
    let query = try Query(call, ["pair", "backtest"])
    let name = call.values[0]
    guard let rule = call.source.setup.rules.first(where: { $0.name == name }) else {
      throw .notFound("no rule \(name.quoted)")
    }
    self.rule = rule
    source = call.source
    alerts =
      await call.source.daemon.status().engine?.alerts.filter { $0.key.rule == name } ?? []
    series = try call.source.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }
      .map(\.series).filter { rule.watches($0) }
    let (context, pair) = (call.source.context, try query.pair("pair"))
    verdicts = try call.source.commanded { () throws(CommandFailure) in
      guard let pair else { return [] }
      return try context.explain(rule: name, pair: pair, source: nil)
    }
    firings =
      try query.flag("backtest") ? Self.firings(of: name, call.source) : nil
  }

  private static func firings(
    of rule: String, _ source: SiteSource
  ) throws(WebFailure) -> [Series: [SVGChart.Mark]] {
    var options = BacktestOptions()
    options.rules = [rule]
    let start = source.now.day.advanced(by: -days)
    options.since = start
    let wanted = options
    let report = try source.commanded { () throws(CommandFailure) in
      try source.context.backtest(wanted)
    }
    let inPeriod = report.transitions.filter { $0.at >= start.start }
    return Dictionary(grouping: inPeriod, by: \.key.series).mapValues { transitions in
      transitions.map { transition in
        let verb = transition.isFiring ? "would fire" : "would be resolved"
        return SVGChart.Mark(
          at: transition.at, label: "\(rule) \(verb) \(transition.at)",
          isResolution: !transition.isFiring)
      }
    }
  }

  var response: WebResponse {
    Page(title: "Rule \(rule.name)", current: .rules, isLive: verdicts.isEmpty && firings == nil) {
      markup in
      definition(&markup)
      for verdict in verdicts {
        markup.element("h2", text: "Verdict")
        markup.element("pre", ["tabindex": "0"]) { $0.lines(verdict.text) }
      }
      if let firings { backtest(firings, &markup) }
      markup.element("p") {
        $0.element(
          "a", ["href": "/rules/\(Paging.escaped(rule.name))?backtest=true"],
          text: "Back-test over the last year")
      }
      list(&markup)
    }.response
  }

  private func definition(_ markup: inout Markup) {
    markup.element("dl") { list in
      func entry(_ name: String, _ value: String?) {
        guard let value else { return }
        list.element("dt", text: name)
        list.element("dd", text: value)
      }
      entry("Condition", rule.condition.text)
      entry("Release", rule.release?.text)
      entry("Kind", rule.policy.kind.rawValue)
      entry("Severity", rule.severity.rawValue)
      entry("Certainty", rule.certainty.rawValue)
    }
  }

  private func backtest(_ firings: [Series: [SVGChart.Mark]], _ markup: inout Markup) {
    markup.element("h2", text: "Back-test")
    guard !firings.isEmpty else {
      return markup.element("p", text: "The rule would not have fired in the last year.")
    }
    let most = firings.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (series, marks) in most.prefix(SVGChart.mostLines) {
      let count = marks.count { !$0.isResolution }
      markup.element("h3", text: "\(series): \(count == 1 ? "once" : "\(count) times")")
      guard let drawing = drawing(of: series, marks) else { continue }
      markup.element("div", ["class": "plot"]) { drawing.write(to: &$0) }
    }
    if most.count > SVGChart.mostLines {
      markup.element(
        "p", text: "It would also have fired on \(most.count - SVGChart.mostLines) more.")
    }
  }

  private func drawing(of series: Series, _ marks: [SVGChart.Mark]) -> SVGChart? {
    let now = source.now
    var query = HistoryQuery(pair: series.pair)
    (query.source, query.allVersions, query.newest) = (series.source, true, Self.mostRows)
    query.since = now.day.advanced(by: -Self.days)
    let history = query
    let rows = try? source.stored { reader throws(StoreProblem) in try reader.history(history) }
    return PairChart((rows ?? []).filter { $0.series == series }, of: source.setup, scales: [:])
      .drawing(
        title: "\(series), back-test of \(rule.name)", marks: marks,
        from: now - .seconds(Self.days * 86_400), to: now)
  }

  private func list(_ markup: inout Markup) {
    let states = Dictionary(alerts.map { ($0.key.series, $0) }) { first, _ in first }
    let shown = series.sorted {
      (states[$0] == nil ? 1 : 0, $0) < (states[$1] == nil ? 1 : 0, $1)
    }.prefix(Self.mostSeries)
    markup.element("h2", text: "Series")
    markup.table(
      caption: "\(shown.count) of \(series.count) series that the rule watches",
      columns: ["Pair", "Source", "Side", "State", "Since", "Why"], isEmpty: shown.isEmpty,
      ifEmpty: "The rule watches no series that is published."
    ) { rows in
      for series in shown {
        rows.element("tr") { row in
          row.element("td") { $0.link(pair: series.pair, source: series.source) }
          row.element("td", text: series.source.text)
          row.element("td", text: series.side.rawValue)
          row.element("td") {
            if let alert = states[series] { $0.badge(alert.state.rawValue) }
          }
          row.element("td") { if let alert = states[series] { $0.time(alert.since) } }
          row.element("td") {
            $0.element(
              "a", ["href": "/rules/\(Paging.escaped(rule.name))?pair=\(series.pair)"],
              text: "Verdict on \(series.pair)")
          }
        }
      }
    }
  }
}
