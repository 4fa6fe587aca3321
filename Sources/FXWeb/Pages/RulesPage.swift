import FXCore
import FXDaemon
import FXServer

/// The rules and how many of their alerts fire.
struct RulesPage {
  private let rules: [Rule]
  private let alerts: [EngineSnapshot.Alert]

  init(_ call: RouteCall) async throws(WebFailure) {
    rules = call.source.setup.rules
    alerts = await call.source.daemon.status().engine?.alerts ?? []
  }

  var response: WebResponse {
    Page(title: "Rules", current: .rules) { markup in
      markup.table(
        caption: "Rules of the config",
        columns: ["Rule", "Kind", "Severity", "Condition", ">Firing"], isEmpty: rules.isEmpty,
        ifEmpty: "The config has no rules."
      ) { rows in
        for rule in rules {
          rows.element("tr") { row in
            row.element("th", ["scope": "row"]) {
              $0.element(
                "a", ["href": "/rules/\(Paging.escaped(rule.name))"], text: rule.name)
            }
            row.element("td", text: rule.policy.kind.rawValue)
            row.element("td", text: rule.severity.rawValue)
            row.element("td") { $0.element("code", text: rule.condition.text) }
            row.element(
              "td", ["class": "number"], text: "\(alerts.count { $0.key.rule == rule.name })")
          }
        }
      }
    }.response
  }
}
