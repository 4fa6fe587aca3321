import FXCore
import FXDaemon
import FXServer

/// Events that wait, were given up or were sent.
struct DeliveriesPage {
  /// The most deliveries shown, the newest first.
  private static let most = 200

  private let records: [DeliveryRecord]
  private let state: DeliveryState?
  private let offset: Int

  init(_ call: RouteCall) throws(WebFailure) {
    let query = try Query(call, ["state", "offset"])
    state = try query.choice("state", DeliveryState.self)
    offset = try query.number("offset", in: 0...100_000_000) ?? 0
    var wanted = DeliveryQuery(limit: Self.most + 1)
    (wanted.state, wanted.offset) = (state, offset)
    let deliveries = wanted
    records = try call.source.stored { reader throws(StoreProblem) in
      try reader.latestDeliveries(deliveries)
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
      let shown = records.prefix(Self.most)
      markup.table(
        caption: "\(shown.count) deliveries, the newest first",
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
      guard records.count > Self.most else { return }
      let filter = state.map { "state=\($0.rawValue)&" } ?? ""
      markup.element("p") {
        $0.element(
          "a", ["href": "/deliveries?\(filter)offset=\(offset + Self.most)", "rel": "next"],
          text: "Older deliveries")
      }
    }.response
  }
}
