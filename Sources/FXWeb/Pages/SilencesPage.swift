import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The silences, and a form for a new one.
struct SilencesPage {
  private let silences: [Silence]
  private let canWrite: Bool
  private let proposed: String

  init(_ call: RouteCall) throws(WebFailure) {
    proposed = try Query(call, ["match"])["match"] ?? ""
    let now = call.source.now
    canWrite = call.source.settings.writeToken != nil
    silences = try call.source.stored { reader throws(StoreProblem) in
      try reader.suppressions(at: now).silences
    }
  }

  var response: WebResponse {
    Page(title: "Silences", current: .silences) { markup in
      markup.table(
        caption: "Current silences", columns: ["Matches", "Until", "Author", "Reason", ""],
        isEmpty: silences.isEmpty, ifEmpty: "There is no current silence."
      ) { rows in
        for silence in silences {
          rows.element("tr") { row in
            row.element("td", text: silence.matchers.map(\.description).joined(separator: " "))
            row.element("td") { $0.time(silence.until) }
            row.element("td", text: silence.author)
            row.element("td", text: silence.reason)
            row.element("td") { if canWrite { Self.endForm(silence, &$0) } }
          }
        }
      }
      guard canWrite else {
        return markup.element(
          "p", text: "Silences can be added here if the config has web.write_token.")
      }
      form(&markup)
    }.response
  }

  private static func endForm(_ silence: Silence, _ markup: inout Markup) {
    markup.element("form", ["method": "post", "action": "/silences/\(silence.id)/end"]) {
      $0.element("button", text: "End silence \(silence.id)")
    }
  }

  private func form(_ markup: inout Markup) {
    markup.element("h2", text: "New silence")
    markup.element("form", ["class": "entry", "method": "post", "action": "/silences"]) { form in
      func field(_ name: String, _ label: String, _ value: String = "") {
        form.element("label") {
          $0.text(label)
          $0.element("input", ["name": name, "value": value, "required": ""])
        }
      }
      field("match", "Matches, such as rule=big-move pair=EUR/USD", proposed)
      field("for", "For", "2h")
      field("author", "Author")
      field("reason", "Reason")
      form.element("button", text: "Add silence")
    }
  }

  /// Adds the silence of a form.
  static func add(_ call: RouteCall) throws(WebFailure) -> WebResponse {
    let form = try FormFields(call, ["match", "for", "author", "reason"])
    _ = try call.source.commanded { () throws(CommandFailure) in
      let commands = SilenceCommands(call.source.context)
      return try commands.silence(
        matching: form["match"].split(separator: " ").map(String.init),
        by: commands.attribution(author: form["author"], reason: form["reason"]),
        until: commands.expiry(until: nil, for: form["for"]))
    }
    return .seeOther("/silences")
  }

  /// Ends a silence.
  static func end(_ call: RouteCall) throws(WebFailure) -> WebResponse {
    guard let id = Int64(call.values[0]) else { throw .notFound("no such silence") }
    _ = try call.source.commanded { () throws(CommandFailure) in
      try SilenceCommands(call.source.context).endSilence(id)
    }
    return .seeOther("/silences")
  }
}

extension WebResponse {
  /// The answer to a form: the browser shows another page.
  static func seeOther(_ path: String) -> WebResponse {
    WebResponse(status: 303, headers: [HTTPHeader("Location", path)])
  }
}
