import FXCore

/// The writing of an alert's state.
extension AlertState {
  /// The statement that stores a state in place of the one before: rule, series, and a value for each
  /// of the columns.
  static let insertion = """
    INSERT INTO alert_state (rule, series_id, \(columns))
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET phase = excluded.phase, publications = excluded.publications,
      alert_id = excluded.alert_id, since = excluded.since, last_told = excluded.last_told,
      turns = excluded.turns, brake = excluded.brake, fingerprint = excluded.fingerprint,
      recipients = excluded.recipients, sent = excluded.sent, withheld = excluded.withheld,
      armed = excluded.armed, armed_before = excluded.armed_before
    """

  /// Runs that statement.
  func write(to insertion: PreparedStatement, rule: String, series: Int64) throws {
    let phase: (name: String, publications: Int?, alert: String?, since: Timestamp?) =
      switch progress.phase {
      case .inactive: ("inactive", nil, nil, nil)
      case .pending(let publications, let since): ("pending", publications, nil, since)
      case .firing(let alert, let since): ("firing", nil, alert, since)
      case .retired: ("retired", nil, nil, nil)
      }
    let turns = progress.transitions.map { String($0) }.joined(separator: " ")
    try insertion.run(
      rule, series, phase.name, phase.publications, phase.alert, phase.since, progress.lastNotified,
      turns, progress.flapping, ruleFingerprint, recipients?.joined(separator: "\n"),
      AlertProgress.text(ofSent: progress.sent), progress.withheld, progress.arming?.at,
      progress.arming?.before)
  }
}
