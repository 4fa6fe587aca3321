import FXCore

/// The columns of an alert's state.
extension AlertState {
  /// The columns beside rule and series.
  static let columns =
    """
    phase, publications, alert_id, since, last_told, turns, brake, fingerprint, recipients, sent, withheld,
    armed, armed_before
    """

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

  /// Reads those columns.
  init(_ row: StoredRow) throws {
    let phase: Phase
    switch try row.text("phase") {
    case "inactive": phase = .inactive
    case "pending":
      phase = .pending(
        publications: try row.count("publications"), since: try row.instant("since"))
    case "firing":
      phase = .firing(alertID: try row.text("alert_id"), since: try row.instant("since"))
    case "retired": phase = .retired
    default: throw UnreadableValue("phase")
    }
    let turns = try row.text("turns").split(separator: " ").map { text throws -> Int64 in
      guard let number = Int64(text), StoredRange.numbers.contains(number) else {
        throw UnreadableValue("turns")
      }
      return number
    }
    var progress = AlertProgress(
      phase, lastNotified: try row.optionalInstant("last_told"), transitions: turns,
      flapping: try row.optionalFlag("brake"))
    if let text = try row.optionalText("sent") {
      guard let sent = AlertProgress.sent(from: text) else { throw UnreadableValue("sent") }
      progress.sent = sent
    }
    progress.withheld = try row.count("withheld")
    progress.arming = try row.optionalInstant("armed").map {
      AlertArming(at: $0, before: try row.optionalInstant("armed_before"))
    }
    self.init(
      progress,
      ruleFingerprint: try row.text("fingerprint"),
      recipients: try row.optionalText("recipients")
        .map { $0.split(separator: "\n").map { String($0) } })
  }
}
