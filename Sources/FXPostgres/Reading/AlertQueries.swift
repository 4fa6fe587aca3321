import FXCore

/// Reads alerts.
enum AlertQueries {
  /// Selects the alerts that are firing, or every one that ever fired, oldest first.
  static func alerts(all: Bool) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT alert.id, rule, kind, severity, fired_at, resolved_at, data, checksum,
        source.name AS source, base, quote, side
      FROM fxwatch.alert JOIN fxwatch.series ON series.id = series_id
      JOIN fxwatch.source ON source.id = source_id
      \(all ? "" : "WHERE kind = 'state' AND resolved_at IS NULL")
      ORDER BY fired_at, alert.id
      """)
  }

  /// Selects the firings of alerts.
  static func firings(of alerts: [String]) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT id AS alert_id, rule, kind, severity, fired_at, data, checksum AS alert_checksum
      FROM fxwatch.alert WHERE id = ANY ($1)
      """, .texts(alerts))
  }

  /// Reads the identifier of an alert and the `data` of its firing.
  static func firing(_ row: PostgresRow) throws -> (id: String, data: JSONText) {
    let (id, data) = (try row.text("alert_id"), try row.jsonText("data"))
    try row.requireIntact(alert: id, data)
    return (id, data)
  }

  /// Returns the alerts that are pending or firing, sorted by rule and series.
  static func active(_ session: PostgresSession) throws -> [ActiveAlert] {
    let results = try session.read([
      StateQueries.alerts(active: true), alerts(all: false), StateQueries.held,
      StateQueries.disappearances,
    ])
    let held = Set(
      try results[2].map { try Notification(parsing: $0) }.compactMap { $0["alert_id"] })
    let records = Dictionary(try results[1].map(AlertRecord.init).map { ($0.id, $0) }) { first, _ in
      first
    }
    let disappearances = Dictionary(
      try results[3].map { (try $0.series(), try $0.instant("first_seen")) }
    ) { first, _ in first }
    return try results[0].map { (try AlertKey($0), try AlertState($0)) }.map { key, state in
      let record = state.progress.firing.flatMap { records[$0.alertID] }
      return ActiveAlert(
        key: key, state: state, record: record,
        isHeld: record.map { held.contains($0.id) } ?? false,
        vanishedSince: disappearances[key.series])
    }.sorted { $0.key < $1.key }
  }
}
