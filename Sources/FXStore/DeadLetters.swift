package import FXCore
import GRDB

/// Dead letters of some events: which, and to whom.
package struct DeadLetterSelection: Hashable, Sendable {
  /// The identifiers of events, each with the last of a range or by itself.
  package let events: [ClosedIdentifiers]

  /// One notifier's; nil for all.
  package let notifier: String?

  /// From one event to another, both included, in the order they happened.
  package struct ClosedIdentifiers: Hashable, Sendable {
    package let first: String
    package let last: String

    /// From one event to another; the same twice for one.
    package init(first: String, last: String) {
      self.first = first
      self.last = last
    }
  }

  /// Dead letters of some events.
  package init(events: [ClosedIdentifiers], notifier: String?) {
    self.events = events
    self.notifier = notifier
  }
}

/// Puts dead letters back into the outbox: the one thing a command changes in the database.
///
/// Safe beside a running daemon: it is one short transaction, and a dead letter is in no outbox in
/// memory. The daemon takes what was put back when it next reads its state, at a reload or a start.
package enum DeadLetters {
  /// Opens the dead letters of a selection again, due at once, with all their attempts before them;
  /// a notifier that was disabled is used again.
  ///
  /// All or nothing: throws where one of the events has no dead letter. Gives what was put back, in
  /// the order of events.
  package static func reopen(
    _ selection: DeadLetterSelection, inDatabaseAt path: String, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord] {
    // Where there is no database none is made.
    let reader = try HistoryReader(path: path)
    let queue = try DatabaseFile.openForWriting(path, limits: StoreLimits())
    let reopened: Set<Letter>
    do {
      reopened = try queue.writeWithoutTransaction { db in
        var reopened: Set<Letter> = []
        try db.inTransaction(.immediate) {
          for range in selection.events {
            reopened.formUnion(try reopen(range, selection.notifier, now: now, in: db))
          }
          return .commit
        }
        return reopened
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
    return try reader.deliveries(.open).filter {
      reopened.contains(Letter(sequence: $0.sequence, notifier: $0.notifier))
    }
  }

  private struct Letter: Hashable {
    let sequence: Int64
    let notifier: String
  }

  private static func reopen(
    _ range: DeadLetterSelection.ClosedIdentifiers, _ notifier: String?, now: Timestamp,
    in db: Database
  ) throws -> [Letter] {
    let letters = try db.rows(
      """
      SELECT event_sequence, notifier FROM delivery
      WHERE state = 'dead' AND (notifier = ?3 OR ?3 IS NULL) AND event_sequence
        BETWEEN (SELECT sequence FROM event WHERE id = ?1)
        AND (SELECT sequence FROM event WHERE id = ?2)
      """, range.first, range.last, notifier
    ) { row in Letter(sequence: try row.integer(0), notifier: try row.text(1)) }
    guard !letters.isEmpty else {
      let name =
        range.first == range.last ? "'\(range.first)'" : "'\(range.first)..\(range.last)'"
      throw StoreProblem(
        .permanent,
        "there is no dead letter of \(name)\(notifier.map { " to '\($0)'" } ?? ""); "
          + "'fxwatch deliveries list --state dead' shows those there are")
    }
    for letter in letters {
      try db.run(
        """
        UPDATE delivery SET state = 'open', attempts = 0, due = ?1, opened = ?1
        WHERE event_sequence = ?2 AND notifier = ?3
        """, now.milliseconds, letter.sequence, letter.notifier)
      try db.run("DELETE FROM disabled_notifier WHERE name = ?", letter.notifier)
      try db.run("DELETE FROM failing_notifier WHERE name = ?", letter.notifier)
    }
    return letters
  }
}
