import FXCore
import GRDB

/// Writes alerts: their states, those that fired, and the rates they were based on.
extension ChangesetWriter {
  /// Stores the states of alerts; nil deletes one.
  mutating func write(_ states: [AlertKey: AlertState?]) throws {
    guard !states.isEmpty else { return }
    let insertion = try db.prepared(AlertState.insertion)
    for (key, state) in states {
      let series = try identifiers.of(key.series, in: db)
      if let state {
        try state.write(to: insertion, rule: key.rule, series: series)
      } else {
        try db.run("DELETE FROM alert_state WHERE rule = ? AND series_id = ?", key.rule, series)
      }
    }
  }

  /// Stores alerts that fired.
  mutating func write(_ alerts: [AlertRecord]) throws {
    guard !alerts.isEmpty else { return }
    let insertion = try db.prepared(
      """
      INSERT INTO alert (id, rule, series_id, kind, severity, fired_at, resolved_at, data, checksum)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """)
    for alert in alerts {
      // Once, because it may be written at each access.
      let data = alert.data.bytes
      try insertion.run(
        alert.id, alert.key.rule, identifiers.of(alert.key.series, in: db), alert.kind.rawValue,
        alert.severity.rawValue, alert.firedAt, alert.resolvedAt, JSONText(bytes: data),
        alert.checksum(of: data).whole)
    }
  }

  /// Stores the rates alerts are based on, each in place of the one before.
  mutating func write(_ bases: [AlertKey: AlertBasis]) throws {
    guard !bases.isEmpty else { return }
    let insertion = try db.prepared(
      """
      INSERT INTO latest_alert (rule, series_id, alert_id, fired_at, value_date, rate)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        alert_id = excluded.alert_id, fired_at = excluded.fired_at,
        value_date = excluded.value_date, rate = excluded.rate
      """)
    for (key, basis) in bases {
      try insertion.run(
        key.rule, identifiers.of(key.series, in: db), basis.alertID, basis.firedAt,
        basis.valueDate, basis.rate)
    }
  }
}
