import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The overall state, what fires, the sources, and the latest rates.
struct OverviewPage {
  /// The most rates shown; more are found with the filter.
  static let mostRates = 200

  private let status: DaemonStatus
  private let filter: String

  /// The rates that match the filter, as far as they are shown, and the number of all.
  private let shown: [LatestRate]
  private let report: Report
  private let seriesCount: Int

  /// The overview, its rates limited by the parameter `q`.
  init(_ call: RouteCall) async throws(WebFailure) {
    let query = try Query(call, ["q"])
    let filter = query["q"] ?? ""
    self.filter = filter
    status = await call.source.daemon.status()
    let wanted = filter.uppercased()
    let listed = try call.source.latestRates().filter(\.isListed)
    seriesCount = listed.count
    shown = Array(
      listed.lazy.filter { rate in
        wanted.isEmpty || rate.series.pair.description.contains(wanted)
          || rate.series.source.text.uppercased().contains(wanted)
      }.prefix(Self.mostRates))
    report = .rates(shown, setup: call.source.setup, now: call.source.now)
  }

  var response: WebResponse {
    let title =
      switch status.state {
      case .ok: "All is well"
      case .warning: "Needs attention"
      case .critical: "Critical"
      }
    return Page(title: title, current: .overview) { markup in
      summary(&markup)
      alerts(&markup)
      latest(&markup)
      sources(&markup)
    }.response
  }

  private func summary(_ markup: inout Markup) {
    markup.element("div", ["class": "summary summary-\(status.state.rawValue)", "role": "status"]) {
      let line = status.engine.map(\.description) ?? "fxwatch is starting"
      $0.element("p", text: line + ".")
      for problem in status.problems.prefix(10) { $0.element("p", text: problem.summary) }
    }
  }

  private func alerts(_ markup: inout Markup) {
    let engine = status.engine
    markup.element("h2", text: "Alerts")
    markup.table(
      caption: "Alerts that fire",
      columns: ["State", "Severity", "Rule", "Pair", "Source", "Since"],
      isEmpty: engine?.alerts.isEmpty ?? true, ifEmpty: "No alert fires."
    ) { rows in
      for alert in engine?.alerts ?? [] {
        rows.element("tr") { row in
          row.element("td") {
            $0.badge(alert.state.rawValue)
            if let since = alert.vanishedSince {
              $0.text(" not published since ")
              $0.time(since)
            }
          }
          row.element("td", text: alert.severity.rawValue)
          row.element("td") {
            $0.element("a", ["href": "/alerts/\(alert.id)"], text: alert.key.rule)
          }
          if let pair = alert.key.pair {
            row.element("td") { $0.link(pair: pair) }
          } else {
            row.element("td", text: "several pairs")
          }
          row.element("td", text: alert.key.series.source.text)
          row.element("td") { $0.time(alert.since) }
        }
      }
    }
    if let engine, engine.firingCount > engine.alerts.count {
      markup.element("p", text: "\(engine.firingCount - engine.alerts.count) more fire.")
    }
  }

  private func latest(_ markup: inout Markup) {
    markup.element("h2", text: "Latest rates")
    markup.element("form", ["class": "filter", "role": "search", "action": "/", "method": "get"]) {
      $0.element("label") { label in
        label.text("Pair or source")
        label.element("input", ["name": "q", "value": filter, "type": "search"])
      }
      $0.element("button", text: "Filter")
    }
    markup.table(
      caption: "\(shown.count) of \(seriesCount) series",
      columns: ["Pair", "Source", "Side", ">Rate", ">Change", "Value date", "First seen", "State"],
      isEmpty: shown.isEmpty,
      ifEmpty: filter.isEmpty ? "No publication is stored yet." : "Nothing matches the filter."
    ) { rows in
      for (rate, json) in zip(shown, report.json.elements ?? []) {
        rows.element("tr") { row in
          row.element("td") { $0.link(pair: rate.series.pair) }
          row.element("td", text: rate.series.source.text)
          row.element("td", text: rate.series.side.rawValue)
          row.element("td", ["class": "number"], text: rate.point.rate.perUnitText)
          row.element("td", ["class": "number"], text: json["change"]?.text.map { $0 + " %" } ?? "")
          row.element("td", text: rate.point.valueDate?.description ?? "")
          row.element("td") { $0.time(rate.point.firstSeen) }
          row.element("td") { $0.badge(String((json["state"]?.text ?? "").prefix { $0 != ":" })) }
        }
      }
    }
  }

  private func sources(_ markup: inout Markup) {
    markup.element("h2", text: "Sources")
    SourcesPage.table(status.engine?.sources ?? [], &markup)
  }
}
