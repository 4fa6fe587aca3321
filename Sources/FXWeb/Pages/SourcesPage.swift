import FXCore
import FXDaemon
import FXServer

/// The sources with their polls.
struct SourcesPage {
  private let sources: [EngineSnapshot.Source]
  private let canWrite: Bool

  init(_ call: RouteCall) async {
    canWrite = call.source.settings.writeToken != nil
    sources = await call.source.daemon.status().engine?.sources ?? []
  }

  var response: WebResponse {
    Page(title: "Sources", current: .sources) { markup in
      Self.table(sources, &markup)
      guard canWrite, !sources.isEmpty else { return }
      markup.element("h2", text: "Poll now")
      for source in sources {
        markup.element(
          "form", ["method": "post", "action": "/sources/\(Paging.escaped(source.name.text))/poll"]
        ) { $0.element("button", text: "Poll \(source.name.text)") }
      }
    }.response
  }

  /// Writes the table of sources.
  static func table(_ sources: [EngineSnapshot.Source], _ markup: inout Markup) {
    markup.table(
      caption: "Sources and their polls",
      columns: [
        "Source", "State", ">Series", "Value date", "Last publication", "Last poll", "Next poll",
        "Failure",
      ], isEmpty: sources.isEmpty, ifEmpty: "fxwatch is starting."
    ) { rows in
      for source in sources {
        rows.element("tr") { row in
          row.element("td") {
            $0.element(
              "a", ["href": "/sources/\(Paging.escaped(source.name.text))"],
              text: source.name.text)
          }
          row.element("td") {
            $0.badge(source.state == .new ? "not asked yet" : source.state.rawValue)
          }
          row.element("td", ["class": "number"], text: "\(source.seriesCount)")
          row.element("td", text: source.latestValueDate?.description ?? "")
          row.element("td") { $0.time(source.latestPublication) }
          row.element("td") { $0.time(source.lastAttempt) }
          row.element("td") { $0.time(source.nextPoll, or: "now") }
          row.element("td", text: source.failureReason ?? "")
        }
      }
    }
  }
}
