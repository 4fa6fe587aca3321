import FXCore
import GRDB

/// Reads alerts and their deliveries for people.
struct OutboxQueries {
  let db: Database

  /// What fires now, or everything that ever fired; oldest first.
  func alerts(all: Bool) throws -> [AlertRecord] {
    try db.rows(
      """
      SELECT alert.id, rule, kind, severity, fired_at, resolved_at, data, name, base, quote, side
      FROM alert JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      \(all ? "" : "WHERE kind = 'state' AND resolved_at IS NULL")
      ORDER BY fired_at, alert.id
      """
    ) { row in
      AlertRecord(
        id: try row.text(0), key: AlertKey(rule: try row.text(1), series: try row.series(from: 7)),
        kind: try row.choice(2), severity: try row.choice(3), firedAt: try row.instant(4),
        resolvedAt: try row.optionalInstant(5), data: try row.jsonText(6))
    }
  }

  /// The identifier of an event; what is no number of one is taken for its identifier.
  func identifier(ofEvent text: String) throws -> String {
    guard let sequence = Int64(text) else { return text }
    return try db.rows("SELECT id FROM event WHERE sequence = ?", sequence) {
      try $0.text(0)
    }.first ?? text
  }

  /// An event by its identifier; nil where it is not stored.
  func notification(_ id: String) throws -> Notification? {
    try db.rows("SELECT type, timestamp, data FROM told WHERE id = ?", id) { row in
      Notification(
        id: id, type: try row.choice(0), timestamp: try row.instant(1), data: try row.json(2))
    }.first
  }

  /// The deliveries in a state, or in any, of an event, or of all; oldest event first.
  func deliveries(_ state: DeliveryState?, ofEvent id: String?) throws -> [DeliveryRecord] {
    try db.rows(
      """
      SELECT d.event_sequence, id, type, d.notifier, lane, timestamp, state, attempts, due,
        number, at, result, detail
      FROM delivery d JOIN event ON sequence = d.event_sequence
      LEFT JOIN delivery_attempt a ON a.event_sequence = d.event_sequence
        AND a.notifier = d.notifier AND a.line = d.lines
      WHERE (state = ?1 OR ?1 IS NULL) AND (id = ?2 OR ?2 IS NULL)
      ORDER BY d.event_sequence, d.notifier
      """, state?.rawValue, id
    ) { row in
      DeliveryRecord(
        sequence: try row.integer(0), eventID: try row.text(1), type: try row.choice(2),
        notifier: try row.text(3), lane: try row.text(4), created: try row.instant(5),
        state: try row.choice(6), attempts: Int(try row.integer(7)), due: try row.instant(8),
        lastAttempt: try row.optionalInteger(9).map { _ in try DeliveryAttempt(row, from: 9) })
    }
  }

  /// Every attempt to deliver an event to a notifier, oldest first.
  func attempts(ofEvent sequence: Int64, to notifier: String) throws -> [DeliveryAttempt] {
    try db.rows(
      """
      SELECT number, at, result, detail FROM delivery_attempt
      WHERE event_sequence = ? AND notifier = ? ORDER BY line
      """, sequence, notifier
    ) { row in try DeliveryAttempt(row, from: 0) }
  }
}

extension DeliveryAttempt {
  fileprivate init(_ row: StoredRow, from column: Int) throws {
    self.init(
      number: Int(try row.integer(column)), at: try row.instant(column + 1),
      result: try row.choice(column + 2), detail: try row.text(column + 3))
  }
}
