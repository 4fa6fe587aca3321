import FXCore
import FXDaemon
import FXServer

/// Events that wait, were given up or were sent.
struct DeliveriesPage {
  /// The most deliveries shown, the newest first.
  static let most = 500

  private let records: [DeliveryRecord]
  private let state: DeliveryState?

  init(_ call: RouteCall) throws(WebFailure) {
    let text = try Query(call, ["state"])["state"]
    let state = text.flatMap { DeliveryState(rawValue: $0) }
    guard text == nil || state != nil else {
      throw .unprocessable("state is one of open, delivered, dead")
    }
    self.state = state
    records = try call.source.stored { reader throws(StoreProblem) in
      try reader.deliveries(state, ofEvent: nil)
    }
  }

  var response: WebResponse {
    Page(title: "Deliveries", current: .deliveries) { markup in
      markup.element("ul", ["class": "ranges"]) { list in
        for choice in [nil] + DeliveryState.allCases.map(Optional.some) {
          list.element("li") {
            $0.element(
              "a",
              [
                "href": choice.map { "/deliveries?state=\($0.rawValue)" } ?? "/deliveries",
                "aria-current": choice == state ? "true" : nil,
              ], text: choice?.rawValue ?? "all")
          }
        }
      }
      let shown = records.suffix(Self.most).reversed()
      markup.table(
        caption: "\(shown.count) of \(records.count) deliveries, the newest first",
        columns: [
          "State", "Event", "About", "Notifier", ">Attempts", "Created", "Next", "Last answer",
        ],
        isEmpty: records.isEmpty, ifEmpty: "No deliveries."
      ) { rows in
        for record in shown {
          rows.element("tr") { row in
            row.element("td") { $0.badge(record.state.rawValue) }
            row.element("td", text: record.type.rawValue)
            row.element("td", text: record.orderingKey)
            row.element("td", text: record.notifier)
            row.element("td", ["class": "number"], text: "\(record.attempts)")
            row.element("td") { $0.time(record.created) }
            row.element("td") {
              if record.state == .open { $0.time(record.due) }
            }
            row.element("td", text: record.lastAttempt?.detail ?? "")
          }
        }
      }
    }.response
  }
}
