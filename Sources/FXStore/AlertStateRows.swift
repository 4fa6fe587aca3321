import FXCore

/// Alert states as they stand in the table: written by the changeset's writer, read at a start and
/// for people.
extension AlertState {
  /// The columns after rule and series.
  static let columns = "phase, publications, alert_id, since, last_told, turns, brake, fingerprint"

  /// Stores a state in place of the one before: rule, series, and a value for each of the columns.
  static let insertion = """
    INSERT INTO alert_state (rule, series_id, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET phase = excluded.phase, publications = excluded.publications,
      alert_id = excluded.alert_id, since = excluded.since, last_told = excluded.last_told,
      turns = excluded.turns, brake = excluded.brake, fingerprint = excluded.fingerprint
    """

  /// Runs that statement with it.
  func write(to insertion: PreparedStatement, rule: String, series: Int64) throws {
    let phase: (name: String, publications: Int?, alert: String?, since: Timestamp?) =
      switch standing.phase {
      case .inactive: ("inactive", nil, nil, nil)
      case .pending(let publications, let since): ("pending", publications, nil, since)
      case .firing(let alert, let since): ("firing", nil, alert, since)
      case .retired: ("retired", nil, nil, nil)
      }
    let turns = standing.turns.map { String($0) }.joined(separator: " ")
    try insertion.run(
      rule, series, phase.name, phase.publications, phase.alert, phase.since?.milliseconds,
      standing.lastTold?.milliseconds, turns, standing.brake, ruleFingerprint)
  }

  /// Reads those columns, the first of which is at `column`.
  init(_ row: StoredRow, from column: Int) throws {
    let phase: Phase
    switch try row.text(column) {
    case "inactive": phase = .inactive
    case "pending":
      phase = .pending(
        publications: Int(try row.integer(column + 1)), since: try row.instant(column + 3))
    case "firing":
      phase = .firing(alertID: try row.text(column + 2), since: try row.instant(column + 3))
    case "retired": phase = .retired
    default: throw UnreadableValue()
    }
    let turns = try row.text(column + 5).split(separator: " ").map { text throws -> Int64 in
      guard let number = Int64(text) else { throw UnreadableValue() }
      return number
    }
    self.init(
      AlertProgress(
        phase, lastTold: try row.optionalInstant(column + 4), turns: turns,
        brake: try row.optionalInteger(column + 6).map { $0 != 0 }),
      ruleFingerprint: try row.text(column + 7))
  }
}
