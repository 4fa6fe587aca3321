import FXCore

extension Report {
  /// Lists alerts: those that are pending or fire, or with `records` all that ever fired.
  static func alerts(
    _ records: [AlertRecord]?, standing: [ActiveAlert], suppressions: Suppressions,
    rules: [Rule], now: Timestamp
  ) -> Report {
    let rules = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
    var rows = standing.map { alert in
      AlertRow(alert, suppressions, target: alert.target(under: rules[alert.key.rule]), now)
    }
    if let records {
      let standing = Dictionary(
        rows.compactMap { row in row.record.map { ($0.id, row) } }
      ) { first, _ in first }
      rows = records.map { standing[$0.id] ?? AlertRow(over: $0) }
    }
    return Report(
      columns: [
        Column(name: "state"), Column(name: "since"), Column(name: "severity"),
        Column(name: "rule"), Column(name: "series"), Column(name: "summary"),
        Column(name: "alert"),
      ],
      rows: rows.map(\.fields), json: .array(rows.map(\.json)), ifEmpty: "no alerts fire")
  }
}

/// One alert in a report.
private struct AlertRow {
  /// The state of an alert, as printed.
  enum State: String {
    case pending, firing, withheld, flapping, held, acknowledged, silenced, resolved, event
  }

  let key: AlertKey
  let record: AlertRecord?
  let state: State
  let since: Timestamp
  let severity: Severity?

  /// The time since which the source no longer prints the pair; nil where it does.
  private var vanishedSince: Timestamp?

  /// Author, reason and end of the silence or acknowledgement that mutes it.
  private var mute: (author: String, reason: String, until: Timestamp?)?

  /// An alert that is pending or fires.
  ///
  /// A silence is shown before an acknowledgement, and that before quiet hours.
  init(
    _ alert: ActiveAlert, _ suppressions: Suppressions, target: SilenceTarget?, _ now: Timestamp
  ) {
    key = alert.key
    record = alert.record
    limit = alert.record?.data.value["at_most"]?.text
    vanishedSince = alert.vanishedSince
    severity = target?.severity
    var state: State = alert.state.progress.flapping == nil ? .firing : .flapping
    switch alert.state.phase {
    case .pending(_, let since):
      self.since = since
      state = .pending
    case .firing(let alertID, let since):
      self.since = since
      if alert.state.progress.lastNotified == nil, limit != nil { state = .withheld }
      if alert.isHeld { state = .held }
      if let known = suppressions.acknowledgement(of: alertID, at: now) {
        state = .acknowledged
        mute = (known.author, known.reason, known.until)
      }
    case .inactive, .retired: since = now
    }
    if let target, let silence = suppressions.silence(of: target, at: now) {
      state = state == .pending ? .pending : .silenced
      mute = (silence.author, silence.reason, silence.until)
    }
    self.state = state
  }

  /// An alert that is resolved, or an event.
  init(over record: AlertRecord) {
    key = record.key
    self.record = record
    limit = record.data.value["at_most"]?.text
    severity = record.severity
    state = record.kind == .event ? limit == nil ? .event : .withheld : .resolved
    since = record.resolvedAt ?? record.firedAt
  }

  var fields: [String] {
    [
      state.rawValue, since.description, severity?.rawValue ?? "", key.rule,
      key.series.description, summary, record?.id ?? "",
    ]
  }

  /// The `at_most` that withheld the alert when it fired; nil where none did.
  private let limit: String?

  private var summary: String {
    let withheld = state == .withheld ? limit.map { "(not sent: at most \($0))" } : nil
    let gap = vanishedSince.map { "(not published since \($0))" }
    let muting = mute.map { mute in
      let until = mute.until.map { " until \($0)" } ?? ""
      return "(\(mute.author)\(until): \(mute.reason))"
    }
    return [record?.data.value["summary"]?.text, withheld, gap, muting].compactMap(\.self)
      .joined(separator: " ")
  }

  /// The pair; of an alert about several that of its evidence, null before it fires.
  private var pair: JSONValue {
    key.series.isGroup
      ? record?.data.value["pair"] ?? .null : .string(key.series.pair.description)
  }

  var json: JSONValue {
    .object([
      .init("alert_id", .optional(record?.id)),
      .init("state", .string(state.rawValue)),
      .init("since", .string(since.description)),
      .init("rule", .string(key.rule)),
      .init("source", .string(key.series.source.text)),
      .init("pair", pair),
      .init("side", .string(key.series.side.rawValue)),
      .init("kind", .optional(record?.kind.rawValue)),
      .init("severity", .optional(severity?.rawValue)),
      .init("fired_at", .optional(record?.firedAt.description)),
      .init("resolved_at", .optional(record?.resolvedAt?.description)),
      .init("author", .optional(mute?.author)),
      .init("reason", .optional(mute?.reason)),
      .init("until", .optional(mute?.until?.description)),
      .init("vanished_since", .optional(vanishedSince?.description)),
      .init("data", record?.data.value ?? .null),
    ])
  }
}
