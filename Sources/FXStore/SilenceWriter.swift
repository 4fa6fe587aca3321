package import FXCore
import GRDB

/// Writes silences and acknowledgements, and nothing else: for commands, beside a running daemon or
/// without one.
///
/// The daemon keeps no silence of its own making, so the two never write the same row. It sees that
/// another connection has committed (SQLite's `data_version`) when it next decides anything, and
/// reads them anew: what is committed before a decision counts in it, and an idle daemon stays idle.
package struct SilenceWriter: Sendable {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens the database at `path`; throws where the daemon has never run, or it may not be written.
  package init(path: String) throws(StoreProblem) {
    // Looks first, so that a command makes no database and touches no stranger's.
    _ = try DatabaseFile.openForReading(path)
    self.path = path
    self.queue = try DatabaseFile.openForWriting(path, limits: StoreLimits())
  }

  /// Adds a silence from `now` until `until`; gives it with its number.
  package func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws(StoreProblem) -> Silence {
    try writing { db in
      try db.run(
        "INSERT INTO silence (matchers, author, reason, created, until) VALUES (?, ?, ?, ?, ?)",
        JSONValue.array(matchers.map { .string($0.description) }).description,
        attribution.author, attribution.reason, now.milliseconds, until.milliseconds)
      return Silence(
        id: db.lastInsertedRowID, matchers: matchers, author: attribution.author,
        reason: attribution.reason, created: now, until: until)
    }
  }

  /// Adds an acknowledgement of an alert that fires; gives it with its number, or nil where no such
  /// alert fires.
  package func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws(StoreProblem) -> Acknowledgement? {
    try writing { db in
      try db.run(
        """
        INSERT INTO acknowledgement (alert_id, author, reason, created, until)
        SELECT ?1, ?2, ?3, ?4, ?5 FROM alert
        WHERE id = ?1 AND kind = 'state' AND resolved_at IS NULL
        """,
        alertID, attribution.author, attribution.reason, now.milliseconds, until?.milliseconds)
      guard db.changesCount > 0 else { return nil }
      return Acknowledgement(
        id: db.lastInsertedRowID, alertID: alertID, author: attribution.author,
        reason: attribution.reason, created: now, until: until)
    }
  }

  /// Ends a silence; false where none of that number is in force.
  package func endSilence(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try writing { db in
      try db.run(
        "UPDATE silence SET ended = ?2 WHERE id = ?1 AND ended IS NULL AND until > ?2",
        id, now.milliseconds)
      return db.changesCount > 0
    }
  }

  /// Ends an acknowledgement; false where none of that number is in force.
  package func endAcknowledgement(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try writing { db in
      try db.run(
        """
        UPDATE acknowledgement SET ended = ?2
        WHERE id = ?1 AND ended IS NULL AND (until IS NULL OR until > ?2)
        """, id, now.milliseconds)
      return db.changesCount > 0
    }
  }

  private func writing<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do {
      return try queue.writeWithoutTransaction { db in
        var answer: Answer?
        try db.inTransaction(.immediate) {
          answer = try work(db)
          return .commit
        }
        guard let answer else { throw UnreadableValue() }
        return answer
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }
}
