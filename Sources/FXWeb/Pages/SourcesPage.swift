import FXCore
import FXDaemon
import FXServer

/// The sources with their polls.
struct SourcesPage {
  private let sources: [EngineSnapshot.Source]

  init(_ call: RouteCall) async {
    sources = await call.source.daemon.status().engine?.sources ?? []
  }

  var response: WebResponse {
    Page(title: "Sources", current: .sources) { Self.table(sources, &$0) }.response
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
            $0.element("a", ["href": "/?q=\(source.name.text)"], text: source.name.text)
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
