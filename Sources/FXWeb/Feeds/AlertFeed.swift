import FXCore
import FXDaemon
import FXServer

/// The last firings and ends of alerts as an Atom feed (RFC 4287).
struct AlertFeed {
  /// The most entries.
  private static let most = 100

  private struct Entry {
    let id: String
    let title: String
    let at: Timestamp
    let link: String
  }

  private let entries: [Entry]
  private let base: String

  init(_ call: RouteCall) throws(WebFailure) {
    let base =
      call.source.settings.publicURL ?? "http://\(call.request.header("Host") ?? "localhost")"
    self.base = base
    let alerts = try call.source.stored { reader throws(StoreProblem) in
      try reader.latestAlerts(of: nil, limit: Self.most)
    }
    var entries: [Entry] = []
    for alert in alerts {
      let summary = alert.data.value["summary"]?.text ?? alert.key.rule
      let link = "\(base)/alerts/\(alert.id)"
      entries.append(
        Entry(id: "urn:fxwatch:\(alert.id):fired", title: summary, at: alert.firedAt, link: link))
      if let resolved = alert.resolvedAt, alert.kind != .event {
        entries.append(
          Entry(
            id: "urn:fxwatch:\(alert.id):resolved", title: "Resolved: \(summary)", at: resolved,
            link: link))
      }
    }
    self.entries = Array(entries.sorted { $0.at > $1.at }.prefix(Self.most))
  }

  var response: WebResponse {
    var markup = Markup(isXML: true)
    markup.element("feed", ["xmlns": "http://www.w3.org/2005/Atom"]) { feed in
      feed.element("id", text: "\(base)/feeds/alerts.atom")
      feed.element("title", text: "fxwatch: alerts")
      feed.element("updated", text: (entries.first?.at ?? Timestamp(milliseconds: 0)).description)
      feed.element("author") { $0.element("name", text: "fxwatch") }
      feed.element("link", ["rel": "self", "href": "\(base)/feeds/alerts.atom"])
      feed.element("generator", text: "fxwatch")
      for entry in entries {
        feed.element("entry") {
          $0.element("id", text: entry.id)
          $0.element("title", text: entry.title)
          $0.element("updated", text: entry.at.description)
          $0.element("summary", text: entry.title)
          $0.element("link", ["rel": "alternate", "href": entry.link])
        }
      }
    }
    return WebResponse(type: "application/atom+xml; charset=utf-8", body: markup.bytes)
  }
}
