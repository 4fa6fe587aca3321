import FXCore
import GRDB

/// Reads silences, acknowledgements and what quiet hours hold.
struct SilenceQueries {
  let db: Database

  /// What is in force.
  func suppressions(at now: Timestamp) throws -> Suppressions {
    Suppressions(
      silences: try silences(since: now), acknowledgements: try acknowledgements(since: now))
  }

  /// The silences in force at an instant, or all there ever were; oldest first.
  func silences(since now: Timestamp?) throws -> [Silence] {
    try db.rows(
      """
      SELECT id, matchers, author, reason, created, until, ended FROM silence
      WHERE ?1 IS NULL OR (ended IS NULL AND until > ?1) ORDER BY id
      """, now?.milliseconds
    ) { row in
      guard let matchers = try row.json(1).elements else { throw UnreadableValue() }
      return Silence(
        id: try row.integer(0),
        matchers: try matchers.map { try SilenceMatcher($0.text ?? "") },
        author: try row.text(2), reason: try row.text(3), created: try row.instant(4),
        until: try row.instant(5), ended: try row.optionalInstant(6))
    }
  }

  /// The acknowledgements in force at an instant, or all there ever were; oldest first.
  func acknowledgements(since now: Timestamp?) throws -> [Acknowledgement] {
    try db.rows(
      """
      SELECT acknowledgement.id, alert_id, author, reason, created, until, ended
      FROM acknowledgement JOIN alert ON alert.id = alert_id
      WHERE ?1 IS NULL OR (ended IS NULL AND (until IS NULL OR until > ?1) AND resolved_at IS NULL)
      ORDER BY acknowledgement.id
      """, now?.milliseconds
    ) { row in
      Acknowledgement(
        id: try row.integer(0), alertID: try row.text(1), author: try row.text(2),
        reason: try row.text(3), created: try row.instant(4), until: try row.optionalInstant(5),
        ended: try row.optionalInstant(6))
    }
  }

  /// What waits for the end of quiet hours, oldest event first.
  func held() throws -> [HeldEvent] {
    try db.rows(
      """
      SELECT sequence, notifier, id, type, timestamp, data
      FROM held CROSS JOIN told ON sequence = event_sequence
      ORDER BY event_sequence, notifier
      """
    ) { row in
      HeldEvent(
        key: .init(sequence: try row.integer(0), notifier: try row.text(1)),
        notification: Notification(
          id: try row.text(2), type: try row.choice(3), timestamp: try row.instant(4),
          data: try row.json(5)))
    }
  }

  /// The alerts that are pending or fire, sorted by rule and series.
  func standings() throws -> [StandingAlert] {
    let held = Set(try held().compactMap { $0.notification["alert_id"] })
    let states = try db.rows(
      """
      SELECT rule, name, base, quote, side, \(AlertState.columns)
      FROM alert_state JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      WHERE phase IN ('pending', 'firing')
      """
    ) { row in
      (
        AlertKey(rule: try row.text(0), series: try row.series(from: 1)),
        try AlertState(row, from: 5)
      )
    }
    let records = Dictionary(
      try OutboxQueries(db: db).alerts(all: false).map { ($0.id, $0) }
    ) { first, _ in first }
    return states.map { key, state in
      let record = state.standing.firing.flatMap { records[$0.alertID] }
      return StandingAlert(
        key: key, state: state, record: record,
        isHeld: record.map { held.contains($0.id) } ?? false)
    }.sorted { $0.key < $1.key }
  }
}
