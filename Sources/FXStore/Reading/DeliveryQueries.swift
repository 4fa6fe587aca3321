import FXCore
import GRDB

/// Reads deliveries and their attempts, and the state of notifiers.
struct DeliveryQueries {
  let db: Database

  /// Returns the deliveries in a state, or in any, of one event, or of all: by event, then by
  /// notifier.
  func deliveries(
    _ state: DeliveryState?, ofEvent id: String? = nil
  ) throws -> [DeliveryRecord] {
    try db.rows(
      """
      \(Self.selection) WHERE (state = ?1 OR ?1 IS NULL) AND (id = ?2 OR ?2 IS NULL)
      ORDER BY d.event_sequence, d.notifier
      """, state?.rawValue, id, as: DeliveryRecord.init)
  }

  /// Returns deliveries, the newest event first.
  func latest(_ query: DeliveryQuery) throws -> [DeliveryRecord] {
    try db.rows(
      """
      \(Self.selection)
      WHERE (state = ?1 OR ?1 IS NULL) AND (d.notifier = ?2 OR ?2 IS NULL) AND (?3 IS NULL
        OR d.event_sequence IN (
          SELECT sequence FROM told WHERE json_extract(data, '$.alert_id') = ?3
            AND timestamp >= (SELECT fired_at FROM alert WHERE id = ?3)))
      ORDER BY d.event_sequence DESC, d.notifier LIMIT ?4 OFFSET ?5
      """, query.state?.rawValue, query.notifier, query.alertID, query.limit, query.offset,
      as: DeliveryRecord.init)
  }

  /// Selects deliveries with their events and last attempts.
  private static let selection = """
    SELECT d.event_sequence, id, type, d.notifier, lane, timestamp, state, attempts, due,
      number, at, result, detail
    FROM delivery d JOIN event ON sequence = d.event_sequence
    LEFT JOIN delivery_attempt a ON a.event_sequence = d.event_sequence
      AND a.notifier = d.notifier AND a.line = d.lines
    """

  /// Returns every attempt to deliver an event to a notifier, in the order they were made.
  func attempts(ofEvent sequence: Int64, to notifier: String) throws -> [DeliveryAttempt] {
    try db.rows(
      """
      SELECT number, at, result, detail FROM delivery_attempt
      WHERE event_sequence = ? AND notifier = ? ORDER BY line
      """, sequence, notifier, as: DeliveryAttempt.init)
  }

  /// Returns the disabled notifiers.
  func disabled() throws -> [String: DisabledNotifier] {
    let notifiers = try db.rows("SELECT name, fingerprint, since, reason FROM disabled_notifier") {
      row in
      (
        try row.text("name"),
        DisabledNotifier(
          fingerprint: try row.text("fingerprint"), since: try row.instant("since"),
          reason: try row.text("reason"))
      )
    }
    return Dictionary(notifiers) { first, _ in first }
  }

  /// Returns the notifiers whose deliveries fail, each with the first failure.
  func failing() throws -> [String: Timestamp] {
    let notifiers = try db.rows("SELECT name, since FROM failing_notifier") { row in
      (try row.text("name"), try row.instant("since"))
    }
    return Dictionary(notifiers) { first, _ in first }
  }
}
