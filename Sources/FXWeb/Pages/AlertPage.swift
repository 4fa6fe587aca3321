import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The explanation of an alert, as of `fxwatch explain`, and the forms that acknowledge it or lead to a silence.
struct AlertPage {
  private let id: String
  private let report: ExplainReport
  private let canWrite: Bool

  init(_ call: RouteCall) throws(WebFailure) {
    _ = try Query(call, [])
    let id = call.values[0]
    self.id = id
    canWrite = call.source.settings.writeToken != nil
    report = try call.source.commanded { () throws(CommandFailure) in
      try call.source.context.explain(alert: id)
    }
  }

  var response: WebResponse {
    let alert = report.json["alert"]
    let data = alert?["data"]
    let title = data?["summary"]?.text ?? "Alert"
    return Page(title: title, current: nil, isLive: !canWrite) { markup in
      markup.element("dl") { list in
        func entry(_ name: String, _ value: String?) {
          guard let value, !value.isEmpty else { return }
          list.element("dt", text: name)
          list.element("dd", text: value)
        }
        entry("Alert", id)
        entry("Rule", report.json["rule"]?.text)
        entry("Condition", data?["condition"]?.text)
        entry("Series", report.json["series"]?.text)
        entry("Rate", data?["rate"]?.text)
        entry("Previous", data?["previous"]?["rate"]?.text)
        entry("Change", data?["change"]?["percent"]?.text.map { $0 + " %" })
        entry("Fired", alert?["fired_at"]?.text)
        entry("Resolved", alert?["resolved_at"]?.text)
      }
      if let pair = data?["pair"]?.text.flatMap({ CurrencyPair($0) }) {
        markup.element("p") {
          $0.text("History of ")
          $0.link(pair: pair)
        }
      }
      if canWrite { forms(&markup) }
      markup.element("h2", text: "Explanation")
      markup.element("pre", ["tabindex": "0"]) { $0.lines(report.text) }
    }.response
  }

  private func forms(_ markup: inout Markup) {
    markup.element("h2", text: "Acknowledge")
    markup.element(
      "form", ["class": "entry", "method": "post", "action": "/alerts/\(id)/acknowledge"]
    ) { form in
      for (name, label) in [("author", "Author"), ("reason", "Reason")] {
        form.element("label") {
          $0.text(label)
          $0.element("input", ["name": name, "required": ""])
        }
      }
      form.element("button", text: "Acknowledge")
    }
    if let rule = report.json["rule"]?.text {
      markup.element("p") {
        $0.element(
          "a", ["href": "/silences?match=rule%3D\(rule)"], text: "Silence the rule \(rule)")
      }
    }
  }

  /// Acknowledges an alert by the form of its page.
  static func acknowledge(_ call: RouteCall) throws(WebFailure) -> WebResponse {
    let form = try FormFields(call, ["author", "reason"])
    let id = call.values[0]
    _ = try call.source.commanded { () throws(CommandFailure) in
      let commands = SilenceCommands(call.source.context)
      return try commands.acknowledge(
        id, by: commands.attribution(author: form["author"], reason: form["reason"]), until: nil)
    }
    return .seeOther("/alerts/\(id)")
  }
}
