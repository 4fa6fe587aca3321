import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The alerts that fire, as Alertmanager's API shows them.
struct AlertmanagerAlerts {
  private let alerts: [ActiveAlert]
  private let suppressions: Suppressions
  private let source: SiteSource
  private let query: RequestTarget
  private let now: Timestamp

  init(_ call: RouteCall) throws(WebFailure) {
    source = call.source
    query = call.request.target
    let now = call.source.now
    self.now = now
    alerts = try call.source.stored { reader throws(StoreProblem) in try reader.activeAlerts() }
    suppressions = try call.source.stored { reader throws(StoreProblem) in
      try reader.suppressions(at: now)
    }
  }

  /// The alerts that match, and whose state the parameters `active` and `silenced` do not exclude.
  func json(_ filter: LabelFilter) -> [JSONValue] { matching(filter).map(\.json) }

  /// The same alerts by notifier and source, as they are delivered: those of one publication together.
  ///
  /// The parameter `receiver` limits them to one notifier.
  func groups(_ filter: LabelFilter) -> [JSONValue] {
    let matching = matching(filter)
    var groups: [JSONValue] = []
    for name in source.setup.notifierNames where query["receiver"] ?? name == name {
      let own = matching.filter { receivers(of: $0.key).contains(name) }
      let bySource = Dictionary(grouping: own) { $0.key.series.source }
      for (source, alerts) in bySource.sorted(by: { $0.key < $1.key }) {
        let labels = JSONValue.object([.init("source", .string(source.text))])
        groups.append(
          .object([
            .init("labels", labels),
            .init("receiver", .object([.init("name", .string(name))])),
            .init("alerts", .array(alerts.map(\.json))),
          ]))
      }
    }
    return groups
  }

  private func matching(_ filter: LabelFilter) -> [(key: AlertKey, json: JSONValue)] {
    alerts.compactMap { alert in
      guard let record = alert.record, case .firing(_, let since) = alert.state.phase else {
        return nil
      }
      let labels = labels(alert, record)
      let rule = source.setup.rules.first { $0.name == alert.key.rule }
      let target = alert.target(under: rule)
      let silence = target.flatMap { suppressions.silence(of: $0, at: now) }
      guard filter.matches(labels), query[silence == nil ? "active" : "silenced"] != "false" else {
        return nil
      }
      return (alert.key, json(record, labels, since: since, silence: silence))
    }
  }

  /// The notifiers of an alert's rule; all of them where the rule names none or is gone.
  private func receivers(of key: AlertKey) -> [String] {
    source.setup.rules.first { $0.name == key.rule }?.notify ?? source.setup.notifierNames
  }

  private func labels(
    _ alert: ActiveAlert, _ record: AlertRecord
  ) -> [(name: String, value: String)] {
    let series = alert.key.series
    let own = SilenceTarget(alert.key, severity: record.severity, data: record.data.value).labels
    let pair = alert.key.pair.map { [(name: "pair", value: $0.description)] } ?? []
    let known: [(name: String, value: String)] =
      [("alertname", alert.key.rule)] + pair + [
        ("severity", record.severity.rawValue), ("side", series.side.rawValue),
        ("source", series.source.text),
      ]
    let more = own.filter { label in !known.contains { $0.name == label.name } }
    return known + more.map { (name: $0.name, value: $0.value) }
  }

  private func json(
    _ record: AlertRecord, _ labels: [(name: String, value: String)], since: Timestamp,
    silence: Silence?
  ) -> JSONValue {
    var hasher = ContentHasher()
    hasher.combine(record.id)
    let base = source.settings.publicURL ?? ""
    let summary = record.data.value["summary"]?.text ?? ""
    return .object([
      .init("annotations", .object([.init("summary", .string(summary))])),
      .init("endsAt", .string((now + .seconds(300)).description)),
      .init("fingerprint", .string(String(hasher.finish().text.prefix(16)))),
      .init(
        "receivers",
        .array(receivers(of: record.key).map { .object([.init("name", .string($0))]) })),
      .init("startsAt", .string(since.description)),
      .init(
        "status",
        .object([
          .init("inhibitedBy", .array([])), .init("mutedBy", .array([])),
          .init(
            "silencedBy",
            .array(silence.map { [.string(AlertmanagerSilences.identifier($0.id))] } ?? [])),
          .init("state", .string(silence == nil ? "active" : "suppressed")),
        ])),
      .init("updatedAt", .string(since.description)),
      .init("generatorURL", .string("\(base)/alerts/\(record.id)")),
      .init("labels", .object(labels.map { .init($0.name, .string($0.value)) })),
    ])
  }
}
