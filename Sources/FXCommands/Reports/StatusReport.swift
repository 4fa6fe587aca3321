package import FXCore
package import FXDaemon

/// The status of the running daemon, ready to be printed.
package struct StatusReport: Sendable {
  /// The overall state, which is the exit status of the command.
  package let state: ServiceState

  /// The status as the daemon sent it.
  private let status: JSONValue

  /// A report on a status; nil where it is of a version that this program does not know.
  package init?(_ status: JSONValue) {
    guard status["version"]?.text == String(DaemonStatus.formatVersion),
      let state = status["state"]?.text.flatMap(ServiceState.init(rawValue:))
    else { return nil }
    self.state = state
    self.status = status
  }

  /// Returns the report: tables, one CSV row per source, alert and notifier, or JSON.
  package func text(as format: Report.Format, _ style: TextStyle = .plain) -> String {
    switch format {
    case .json: status.description + "\n"
    case .csv: rows.text(as: .csv)
    case .table: tables(style)
    }
  }

  /// The most severe problem in a sentence; nil if there is none.
  var firstProblem: String? { elements("problems").first.map { text($0, "summary") } }

  // MARK: Tables

  private func tables(_ style: TextStyle) -> String {
    let daemon = status["daemon"]
    let head =
      "fxwatch \(text(daemon, "version")) (pid \(text(daemon, "pid"))), running since "
      + "\(text(daemon, "started")): \(style.state(state.rawValue))\n"
    let problems = elements("problems").map {
      SanitizedText.line("  \(text($0, "state")): \(text($0, "summary"))") + "\n"
    }
    return
      ([head] + problems).map(style.zone.shown).joined()
      + (replicas(style) + (isStandby ? [] : [sources(style), alerts(style), notifiers(style)]))
      .map { "\n" + $0 }.joined()
  }

  /// True for a replica that polls and sends nothing.
  private var isStandby: Bool {
    elements("replicas").contains { $0["own"] == .bool(true) && text($0, "role") != "active" }
  }

  /// The table of the daemons that share the store; none where it belongs to one machine.
  private func replicas(_ style: TextStyle) -> [String] {
    guard !elements("replicas").isEmpty else { return [] }
    return [
      table(
        "replicas", ifEmpty: "",
        [
          ("replica", "replica"), ("role", "role"), ("lag", "lag"), ("config", "generation"),
          ("version", "version"), ("started", "started"),
        ], style)
    ]
  }

  private func sources(_ style: TextStyle) -> String {
    table(
      "sources", ifEmpty: "no sources",
      [
        ("source", "source"), ("state", "state"), ("next poll", "next_poll"),
        ("last success", "last_success"), ("value date", "value_date"), ("series", "series"),
      ], style)
  }

  private func alerts(_ style: TextStyle) -> String {
    let firing = Int(text(status, "firing")) ?? 0
    let unlisted = firing - elements("alerts").count
    let gaps = elements("alerts").contains { $0["vanished_since"]?.text != nil }
    return table(
      "alerts", ifEmpty: "no alerts fire",
      [
        ("alert", "alert_id"), ("state", "state"), ("since", "since"), ("severity", "severity"),
        ("rule", "rule"), ("source", "source"), ("pair", "pair"), ("side", "side"),
      ] + (gaps ? [("not published since", "vanished_since")] : []), style)
      + (unlisted > 0 ? "and \(unlisted) more; see 'fxwatch alerts'\n" : "")
  }

  private func notifiers(_ style: TextStyle) -> String {
    table(
      "notifiers", ifEmpty: "no notifiers",
      [
        ("notifier", "notifier"), ("state", "state"), ("waiting", "waiting"),
        ("next attempt", "next_attempt"), ("since", "since"), ("reason", "reason"),
      ], style)
  }

  private func table(
    _ name: String, ifEmpty: String, _ columns: [(title: String, field: String)],
    _ style: TextStyle
  ) -> String {
    let rows = elements(name)
    return Report(
      columns: columns.map {
        .init(name: $0.title, isRight: ["series", "waiting"].contains($0.title))
      },
      rows: rows.map { row in columns.map { text(row, $0.field) } }, json: .null, ifEmpty: ifEmpty
    ).text(as: .table, style)
  }

  // MARK: CSV

  /// One row per thing with a state, the daemon first.
  private var rows: Report {
    let daemon = [
      "daemon", "fxwatch", state.rawValue, text(status["daemon"], "started"), "", "",
      elements("problems").first.map { text($0, "summary") } ?? "",
    ]
    let store = [
      "store", "", text(status["store"], "state"), text(status["store"], "since"), "",
      text(status["store"], "waiting"), text(status["store"], "reason"),
    ]
    let sources = elements("sources").map { source in
      [
        "source", text(source, "source"), text(source, "state"), text(source, "since"),
        text(source, "next_poll"), "", text(source, "reason"),
      ]
    }
    let alerts = elements("alerts").map { alert in
      [
        "alert", text(alert, "alert_id"), text(alert, "state"), text(alert, "since"), "", "",
        ["severity", "rule", "source", "pair", "side"].map { text(alert, $0) }
          .joined(separator: " ")
          + (alert["vanished_since"]?.text.map { ", not published since \($0)" } ?? ""),
      ]
    }
    let notifiers = elements("notifiers").map { notifier in
      [
        "notifier", text(notifier, "notifier"), text(notifier, "state"), text(notifier, "since"),
        text(notifier, "next_attempt"), text(notifier, "waiting"), text(notifier, "reason"),
      ]
    }
    let replicas = elements("replicas").map { replica in
      [
        "replica", text(replica, "replica"), text(replica, "role"), text(replica, "started"), "",
        "", "lag \(text(replica, "lag")), config \(text(replica, "generation"))",
      ]
    }
    return Report(
      columns: ["kind", "name", "state", "since", "next", "waiting", "detail"].map {
        .init(name: $0)
      },
      rows: [daemon, store] + replicas + sources + alerts + notifiers, json: .null, ifEmpty: "")
  }

  private func elements(_ name: String) -> [JSONValue] { status[name]?.elements ?? [] }

  /// The text of a field; empty where it is null or missing.
  private func text(_ value: JSONValue?, _ field: String) -> String { value?[field]?.text ?? "" }
}
