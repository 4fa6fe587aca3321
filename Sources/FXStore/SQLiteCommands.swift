package import FXCore
import GRDB

/// The changes that commands make in an SQLite database.
///
/// The daemon never writes silences or acknowledgements, so the two never write the same row. It
/// detects that another connection has committed by SQLite's `data_version`, before each decision.
package struct SQLiteCommands: CommandWriting {
  private static let deliveriesAtOnce = 500

  private let path: String
  private let queue: DatabaseQueue

  /// Opens the database at `path`; throws if the daemon of this version has never run with it, unless
  /// `creating`.
  package init(path: String, creating: Bool = false) throws(StoreProblem) {
    // Opened for reading first, so that no database is created and another program's is not touched.
    if !creating { _ = try DatabaseFile.openForReading(path) }
    self.path = path
    self.queue = try DatabaseFile.openForWriting(path, limits: StoreLimits())
    try durably()
  }

  // MARK: Silences and acknowledgements

  package func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws(StoreProblem) -> Silence {
    try writing { db in
      try SuppressionWriter(db: db).silence(matchers, by: attribution, from: now, until: until)
    }
  }

  package func endSilence(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try writing { db in try SuppressionWriter(db: db).endSilence(id, at: now) }
  }

  package func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws(StoreProblem) -> Acknowledgement? {
    try writing { db in
      try SuppressionWriter(db: db).acknowledge(alertID, by: attribution, from: now, until: until)
    }
  }

  package func endAcknowledgement(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try writing { db in try SuppressionWriter(db: db).endAcknowledgement(id, at: now) }
  }

  // MARK: Deliveries

  package func replay(
    _ selection: DeadLetterSelection, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try writing { db in try ReplayWriter(db: db).replay(selection, now: now) }
  }

  /// Writes some hundred at a time, so that a running daemon need not wait long.
  package func abandon(
    _ deliveries: [DeliveryKey], because reason: String, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryKey] {
    var abandoned: [DeliveryKey] = []
    var rest = deliveries[...]
    while !rest.isEmpty {
      let portion = rest.prefix(Self.deliveriesAtOnce)
      rest = rest.dropFirst(portion.count)
      abandoned += try writing { db in
        try portion.filter { try DropWriter(db: db).drop($0, because: reason, now: now) }
      }
    }
    return abandoned
  }

  package func forgetNotification(ofAlerts ids: [String]) throws(StoreProblem) {
    guard !ids.isEmpty else { return }
    try writing { db in
      for id in ids {
        try db.run("UPDATE alert_state SET last_told = NULL WHERE alert_id = ?", id)
      }
    }
  }

  // MARK: Imports

  package func add(
    _ history: ImportedHistory, now: Timestamp, progress: (_ done: Int, _ total: Int) -> Void
  ) throws(StoreProblem) -> ImportOutcome {
    try writing { db in
      var writer = ImportWriter(db: db, identifiers: Identifiers())
      return try writer.write(history, now: now, progress: progress)
    }
  }

  // MARK: Transactions

  /// Lets each commit wait for the disk.
  private func durably() throws(StoreProblem) {
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  private func writing<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do {
      return try queue.writeWithoutTransaction { db in
        try db.transaction(.immediate) { try work(db) }
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }
}
