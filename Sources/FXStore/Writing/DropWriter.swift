import FXCore
import GRDB

/// Makes single open deliveries dead letters, within a transaction of the caller.
struct DropWriter {
  let db: Database

  /// Ends a delivery, with one more line in its ledger; returns false where it is not open.
  func drop(_ key: DeliveryKey, because reason: String, now: Timestamp) throws -> Bool {
    try db.run(
      """
      UPDATE delivery SET state = 'dead', lines = lines + 1
      WHERE event_sequence = ? AND notifier = ? AND state = 'open'
      """, key.sequence, key.notifier)
    guard db.changesCount > 0 else { return false }
    try db.run(
      """
      INSERT INTO delivery_attempt (event_sequence, notifier, line, at, number, result, detail)
      SELECT event_sequence, notifier, lines, ?3, attempts, 'dead', ?4
      FROM delivery WHERE event_sequence = ?1 AND notifier = ?2
      """, key.sequence, key.notifier, now, reason)
    return true
  }
}
