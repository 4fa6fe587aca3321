package import FXCore

extension Report {
  /// Alerts: what fires, or all that ever fired.
  package static func alerts(_ alerts: [AlertRecord]) -> Report {
    Report(
      columns: [
        Column(name: "fired"), Column(name: "resolved"), Column(name: "severity"),
        Column(name: "rule"), Column(name: "series"), Column(name: "summary"),
        Column(name: "alert"),
      ],
      rows: alerts.map { alert in
        [
          alert.firedAt.description,
          alert.resolvedAt?.description ?? (alert.kind == .event ? "event" : "fires"),
          alert.severity.rawValue, alert.key.rule, alert.key.series.description,
          alert.data["summary"]?.text ?? "", alert.id,
        ]
      },
      json: .array(
        alerts.map { alert in
          .object([
            .init("alert_id", .string(alert.id)),
            .init("rule", .string(alert.key.rule)),
            .init("source", .string(alert.key.series.source.text)),
            .init("pair", .string(alert.key.series.pair.description)),
            .init("side", .string(alert.key.series.side.rawValue)),
            .init("kind", .string(alert.kind.rawValue)),
            .init("severity", .string(alert.severity.rawValue)),
            .init("fired_at", .string(alert.firedAt.description)),
            .init("resolved_at", .optional(alert.resolvedAt?.description)),
            .init("data", alert.data),
          ])
        }), ifEmpty: "nothing fires")
  }
}
