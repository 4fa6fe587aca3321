import FXCore
import GRDB

/// Alerts: what state each is in, and those that fired.
extension ChangesetWriter {
  /// Stores the states of alerts; nil forgets one.
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
      "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    for alert in alerts {
      try insertion.run(
        alert.id, alert.key.rule, identifiers.of(alert.key.series, in: db), alert.kind.rawValue,
        alert.severity.rawValue, alert.firedAt.milliseconds, alert.resolvedAt?.milliseconds,
        alert.data)
    }
  }
}
