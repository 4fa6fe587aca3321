import FXCore
import GRDB

/// Deletes what need not be kept any longer, within a transaction of the caller.
struct PruneWriter {
  let db: Database

  /// Returns the last event of a part of the events from a sequence on; nil if there is none.
  func lastEvent(ofPartFrom first: Int64) throws -> Int64? {
    try db.first(
      """
      SELECT max(sequence) AS last FROM (
        SELECT sequence FROM event WHERE sequence >= ? ORDER BY sequence
        LIMIT \(StoreLimits.eventsPerPrune))
      """, first
    ) { try $0.optionalInteger("last") }.flatMap(\.self)
  }

  /// Deletes events with their deliveries that happened and were last sent before an instant; returns
  /// how many.
  ///
  /// The newest event is kept, and those that are held or have an open delivery.
  func deleteEvents(_ events: ClosedRange<Int64>, before horizon: Timestamp) throws -> Int {
    try db.run(
      """
      DELETE FROM event
      WHERE sequence BETWEEN ?1 AND ?2 AND timestamp < ?3
        AND sequence < (SELECT max(sequence) FROM event)
        AND NOT EXISTS (
          SELECT 1 FROM delivery WHERE event_sequence = event.sequence AND state = 'open')
        AND NOT EXISTS (SELECT 1 FROM held WHERE event_sequence = event.sequence)
        AND NOT EXISTS (
          SELECT 1 FROM delivery_attempt WHERE event_sequence = event.sequence AND at >= ?3)
      """, events.lowerBound, events.upperBound, horizon)
    return db.changesCount
  }

  // MARK: Retention time

  /// Returns the time of the latest prune; nil before the first.
  func retentionTime() throws -> Timestamp? {
    try db.first("SELECT key, value FROM meta WHERE key = 'retention time'") { row in
      guard let time = Int64(try row.text("value")), StoredRange.instants.contains(time) else {
        throw UnreadableValue("value")
      }
      return Timestamp(milliseconds: time)
    }
  }

  /// Stores the time of a prune.
  func writeRetentionTime(_ time: Timestamp) throws {
    try db.run(
      """
      INSERT INTO meta (key, value) VALUES ('retention time', ?)
      ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value
      """, String(time.stored))
  }
}
