import FXCore
package import FXDaemon

extension CommandContext {
  /// Lists events and what was sent to whom, the newest last.
  ///
  /// Alerts of which nothing was sent, because a silence covered them, are among them. Cost: linear in
  /// the deliveries that are kept, and one read for each event that is considered.
  package func log(_ options: LogOptions) throws(CommandFailure) -> Report {
    try requireNames(rule: options.rule, source: options.source)
    let alert = try options.alert.map { text throws(CommandFailure) in try alertID(named: text) }
    var entries = try events(options, alert: alert)
    // Older ones are left out, as the events of their time are.
    let start = entries.count < options.last ? nil : entries.map(\.at).min()
    entries += try unsentAlerts(options, alert: alert).filter { entry in
      start.map { entry.at >= $0 } ?? true
    }
    entries = Array(entries.sorted { $0.at < $1.at }.suffix(options.last))
    return Report(
      columns: [
        Column(name: "at"), Column(name: "event"), Column(name: "severity"),
        Column(name: "subject"), Column(name: "summary"), Column(name: "sent"),
        Column(name: "alert"),
      ].map { Report.Column(name: $0.name) },
      rows: entries.map { entry in
        [
          entry.at.description, entry.type, entry.severity, entry.subject,
          entry.text("summary") ?? "", entry.sent, entry.alertID ?? "",
        ]
      },
      json: .array(entries.map(\.json)), ifEmpty: "nothing was sent")
  }

  private typealias Column = Report.Column

  /// Throws where neither the config nor a stored alert has a rule or a source of these names.
  func requireNames(rule: String?, source: String?) throws(CommandFailure) {
    guard !isConfigInvalid, rule != nil || source != nil else { return }
    let records = try stored { reader throws(StoreProblem) in try reader.alerts(all: true) }
    if let rule, !records.contains(where: { $0.key.rule == rule }) {
      _ = try self.rule(named: rule)
    }
    if let source {
      try requireSource(source, among: records.map(\.key.series))
    }
  }

  /// Returns the newest events that are asked for.
  private func events(
    _ options: LogOptions, alert: String?
  ) throws(CommandFailure) -> [LogEntry] {
    try stored { reader throws(StoreProblem) in
      let deliveries = Dictionary(grouping: try reader.deliveries(nil, ofEvent: nil)) {
        $0.sequence
      }
      var entries: [LogEntry] = []
      for sequence in deliveries.keys.sorted(by: >) {
        guard entries.count < options.last, let own = deliveries[sequence], let first = own.first
        else { break }
        if let since = options.since, first.created < since { continue }
        guard let event = try reader.notification(first.eventID) else { continue }
        let entry = LogEntry(event, own)
        if entry.isWanted(options, alert: alert) { entries.append(entry) }
      }
      return entries
    }
  }

  /// Returns the alerts of which nothing was sent.
  private func unsentAlerts(
    _ options: LogOptions, alert: String?
  ) throws(CommandFailure) -> [LogEntry] {
    try stored { reader throws(StoreProblem) in
      try reader.alerts(all: true).filter { $0.data.value["silence"] != nil }
        .map(LogEntry.init(unsent:)).filter { $0.isWanted(options, alert: alert) }
    }
  }
}
