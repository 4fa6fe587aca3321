import FXCore
import GRDB

/// Writes silences and acknowledgements, within a transaction of the caller.
struct SuppressionWriter {
  let db: Database

  /// Adds a silence; returns it with its number.
  func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws -> Silence {
    try db.run(
      "INSERT INTO silence (matchers, author, reason, created, until) VALUES (?, ?, ?, ?, ?)",
      JSONValue.array(matchers.map { .string($0.description) }).description,
      attribution.author, attribution.reason, now, until)
    return Silence(
      id: db.lastInsertedRowID, matchers: matchers, author: attribution.author,
      reason: attribution.reason, created: now, until: until)
  }

  /// Ends a silence; returns false if no current silence has this number.
  func endSilence(_ id: Int64, at now: Timestamp) throws -> Bool {
    try db.run(
      "UPDATE silence SET ended = ?2 WHERE id = ?1 AND ended IS NULL AND until > ?2", id, now)
    return db.changesCount > 0
  }

  /// Adds an acknowledgement of a firing alert; returns it with its number, or nil if no such alert
  /// is firing.
  func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws -> Acknowledgement? {
    try db.run(
      """
      INSERT INTO acknowledgement (alert_id, author, reason, created, until)
      SELECT ?1, ?2, ?3, ?4, ?5 FROM alert
      WHERE id = ?1 AND kind = 'state' AND resolved_at IS NULL
      """,
      alertID, attribution.author, attribution.reason, now, until)
    guard db.changesCount > 0 else { return nil }
    return Acknowledgement(
      id: db.lastInsertedRowID, alertID: alertID, author: attribution.author,
      reason: attribution.reason, created: now, until: until)
  }

  /// Ends an acknowledgement; returns false if no current acknowledgement has this number.
  func endAcknowledgement(_ id: Int64, at now: Timestamp) throws -> Bool {
    try db.run(
      """
      UPDATE acknowledgement SET ended = ?2
      WHERE id = ?1 AND ended IS NULL AND (until IS NULL OR until > ?2)
      """, id, now)
    return db.changesCount > 0
  }
}
