import FXCore
import FXDaemon
import FXServer

/// Rules and alerts as Prometheus' API shows them.
struct PrometheusAlerts {
  private let active: [ActiveAlert]
  private let rules: [Rule]
  private let now: Timestamp

  init(_ call: RouteCall) throws(WebFailure) {
    rules = call.source.setup.rules
    now = call.source.now
    active = try call.source.stored { reader throws(StoreProblem) in try reader.activeAlerts() }
  }

  /// All alerts that are pending or fire.
  var alerts: [JSONValue] { active.map(json) }

  /// The rules as one group, with their alerts.
  var group: JSONValue {
    .object([
      .init("name", .string("fxwatch")), .init("file", .string("fxwatch.yaml")),
      .init("interval", .number("0")), .init("limit", .number("0")),
      .init("evaluationTime", .number("0")), .init("lastEvaluation", .string(now.description)),
      .init("rules", .array(rules.map(json))),
    ])
  }

  private func json(_ rule: Rule) -> JSONValue {
    let own = active.filter { $0.key.rule == rule.name }
    let state =
      own.contains { $0.record != nil } ? "firing" : own.isEmpty ? "inactive" : "pending"
    return .object([
      .init("state", .string(state)), .init("name", .string(rule.name)),
      .init("query", .string(rule.condition.text)), .init("duration", .number("0")),
      .init("labels", .object([.init("severity", .string(rule.severity.rawValue))])),
      .init("annotations", .object([])), .init("alerts", .array(own.map(json))),
      .init("health", .string("ok")), .init("evaluationTime", .number("0")),
      .init("lastEvaluation", .string(now.description)), .init("type", .string("alerting")),
    ])
  }

  private func json(_ alert: ActiveAlert) -> JSONValue {
    let series = alert.key.series
    let severity = rules.first { $0.name == alert.key.rule }?.severity ?? alert.record?.severity
    let (state, since): (String, Timestamp) =
      switch alert.state.phase {
      case .pending(_, let since): ("pending", since)
      case .firing(_, let since): ("firing", since)
      case .inactive, .retired: ("inactive", now)
      }
    let pair = alert.key.pair.map { [("pair", $0.description)] } ?? []
    let labels =
      [("alertname", alert.key.rule)] + pair + [
        ("severity", severity?.rawValue ?? ""), ("side", series.side.rawValue),
        ("source", series.source.text),
      ]
    let data = alert.record?.data.value
    return .object([
      .init("labels", .object(labels.map { .init($0.0, .string($0.1)) })),
      .init(
        "annotations", .object([.init("summary", .string(data?["summary"]?.text ?? ""))])),
      .init("state", .string(state)), .init("activeAt", .string(since.description)),
      .init("value", .string(data?["rate"]?.text ?? "")),
    ])
  }
}
