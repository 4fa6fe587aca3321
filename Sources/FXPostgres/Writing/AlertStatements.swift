import FXCore

/// The statements that write alerts: their states, those that fired, and the rates they were based on.
enum AlertStatements {
  /// Returns those of a changeset.
  static func all(of changeset: Changeset) -> [PostgresStatement] {
    var all: [PostgresStatement] = []
    let states = changeset.alerts.compactMap { key, state in state.map { (key: key, state: $0) } }
    let ended = changeset.alerts.filter { $0.value == nil }.map(\.key)
    if !states.isEmpty { all.append(write(states)) }
    if !ended.isEmpty { all.append(delete(ended)) }
    if !changeset.fired.isEmpty { all.append(write(changeset.fired)) }
    if !changeset.alertBases.isEmpty { all.append(write(changeset.alertBases)) }
    if !changeset.resolved.isEmpty {
      var rows = PostgresRowsToWrite()
      rows.add("id", changeset.resolved.map(\.key))
      rows.add("resolved_at", changeset.resolved.map(\.value.stored))
      all.append(
        PostgresStatement(
          "UPDATE fxwatch.alert SET resolved_at = t.resolved_at FROM ROWS WHERE alert.id = t.id",
          of: rows))
    }
    return all
  }

  private static func write(_ states: [(key: AlertKey, state: AlertState)]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(states.map(\.key.series), to: &rows)
    rows.add("rule", states.map(\.key.rule))
    let phases = states.map { AlertColumns($0.state) }
    rows.add("phase", phases.map(\.phase))
    rows.add("publications", phases.map(\.publications))
    rows.add("alert_id", phases.map(\.alert))
    rows.add("since", phases.map(\.since?.stored))
    let progress = states.map(\.state.progress)
    rows.add("last_told", progress.map(\.lastNotified?.stored))
    rows.add("turns", progress.map { $0.transitions.map { String($0) }.joined(separator: " ") })
    rows.add("brake", progress.map { $0.flapping.map { $0 ? 1 : 0 } })
    rows.add("fingerprint", states.map(\.state.ruleFingerprint))
    rows.add("sent", progress.map { AlertProgress.text(ofSent: $0.sent) })
    rows.add("withheld", progress.map { Int64($0.withheld) })
    rows.add("armed", progress.map(\.arming?.at.stored))
    rows.add("armed_before", progress.map(\.arming?.before?.stored))
    rows.add("recipients", states.map { $0.state.recipients?.joined(separator: "\n") })
    return NameStatements.upsert(
      into: "alert_state", Array(rows.names.dropFirst(5)), key: ["rule", "series_id"],
      "SELECT t.rule, series.id, \(rows.list(5)) FROM ROWS \(SeriesColumns.join)", rows)
  }

  /// The columns of a phase.
  private struct AlertColumns {
    let phase: String
    private(set) var publications: Int64?
    private(set) var alert: String?
    private(set) var since: Timestamp?

    init(_ state: AlertState) {
      switch state.progress.phase {
      case .inactive: phase = "inactive"
      case .pending(let count, let instant):
        phase = "pending"
        (publications, since) = (Int64(count), instant)
      case .firing(let id, let instant):
        phase = "firing"
        (alert, since) = (id, instant)
      case .retired: phase = "retired"
      }
    }
  }

  private static func delete(_ ended: [AlertKey]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(ended.map(\.series), to: &rows)
    rows.add("rule", ended.map(\.rule))
    return PostgresStatement(
      """
      DELETE FROM fxwatch.alert_state USING ROWS \(SeriesColumns.join)
      WHERE alert_state.rule = t.rule AND alert_state.series_id = series.id
      """, of: rows)
  }

  private static func write(_ alerts: [AlertRecord]) -> PostgresStatement {
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(alerts.map(\.key.series), to: &rows)
    rows.add("id", alerts.map(\.id))
    rows.add("rule", alerts.map(\.key.rule))
    rows.add("kind", alerts.map(\.kind.rawValue))
    rows.add("severity", alerts.map(\.severity.rawValue))
    rows.add("fired_at", alerts.map(\.firedAt.stored))
    rows.add("resolved_at", alerts.map(\.resolvedAt?.stored))
    rows.add("data", documents: alerts.map(\.data.bytes))
    rows.add("checksum", alerts.map { $0.checksum(of: $0.data.bytes).whole })
    return PostgresStatement(
      """
      INSERT INTO fxwatch.alert (series_id, \(rows.names.dropFirst(4).joined(separator: ", ")))
      SELECT series.id, \(rows.list(4)) FROM ROWS \(SeriesColumns.join)
      WHERE NOT EXISTS (SELECT 1 FROM fxwatch.alert WHERE alert.id = t.id)
      """, of: rows)
  }

  private static func write(_ bases: [AlertKey: AlertBasis]) -> PostgresStatement {
    let bases = Array(bases)
    var rows = PostgresRowsToWrite()
    SeriesColumns.add(bases.map(\.key.series), to: &rows)
    rows.add("rule", bases.map(\.key.rule))
    rows.add("alert_id", bases.map(\.value.alertID))
    rows.add("fired_at", bases.map(\.value.firedAt.stored))
    rows.add("value_date", bases.map(\.value.valueDate?.stored))
    rows.add("rate", bases.map(\.value.rate))
    return NameStatements.upsert(
      into: "latest_alert", Array(rows.names.dropFirst(5)), key: ["rule", "series_id"],
      "SELECT t.rule, series.id, \(rows.list(5)) FROM ROWS \(SeriesColumns.join)", rows)
  }
}
