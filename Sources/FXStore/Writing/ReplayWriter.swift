import FXCore
import GRDB

/// Opens failed deliveries again, within a transaction of the caller.
///
/// Safe beside a running daemon: a dead letter is in no outbox in memory. The daemon delivers it after
/// it has loaded its state again, at a reload or a start.
struct ReplayWriter {
  let db: Database

  /// Opens the dead letters of a selection, due at once, and returns them in the order of events.
  func replay(_ selection: DeadLetterSelection, now: Timestamp) throws -> [DeliveryRecord] {
    var opened: Set<Letter> = []
    for range in selection.events {
      let letters = try letters(of: range, to: selection.notifier)
      for letter in letters { try open(letter, now: now) }
      opened.formUnion(letters)
    }
    return try DeliveryQueries(db: db).deliveries(.open).filter {
      opened.contains(Letter(sequence: $0.sequence, notifier: $0.notifier))
    }
  }

  /// The key of a dead letter.
  private struct Letter: Hashable {
    let sequence: Int64
    let notifier: String
  }

  /// Returns the dead letters of a range; throws if there is none.
  private func letters(
    of range: DeadLetterSelection.EventRange, to notifier: String?
  ) throws -> [Letter] {
    let letters = try db.rows(
      """
      SELECT event_sequence, notifier FROM delivery
      WHERE state = 'dead' AND (notifier = ?3 OR ?3 IS NULL) AND event_sequence
        BETWEEN (SELECT sequence FROM event WHERE id = ?1)
        AND (SELECT sequence FROM event WHERE id = ?2)
      """, range.first, range.last, notifier
    ) { row in
      Letter(sequence: try row.integer("event_sequence"), notifier: try row.text("notifier"))
    }
    guard !letters.isEmpty else { throw StoreProblem.noDeadLetter(of: range, to: notifier) }
    return letters
  }

  private func open(_ letter: Letter, now: Timestamp) throws {
    try db.run(
      """
      UPDATE delivery SET state = 'open', attempts = 0, due = ?1, opened = ?1
      WHERE event_sequence = ?2 AND notifier = ?3
      """, now, letter.sequence, letter.notifier)
    // Whoever gets a firing gets its end, also where a silence had dropped the firing before.
    try db.run(
      """
      UPDATE alert_state SET last_told = coalesce(last_told, ?1)
      WHERE alert_id = (
        SELECT coalesce(alert_id, json_extract(data, '$.alert_id')) FROM event
        WHERE sequence = ?2 AND type = ?3)
      """, now, letter.sequence, NotificationType.alertFiring.rawValue)
    try db.run("DELETE FROM disabled_notifier WHERE name = ?", letter.notifier)
    try db.run("DELETE FROM failing_notifier WHERE name = ?", letter.notifier)
  }
}
