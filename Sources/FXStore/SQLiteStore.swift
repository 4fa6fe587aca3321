package import FXCore
package import FXSystem
import GRDB
import GRDBSQLite

/// History, alert states and the outbox in one SQLite file.
///
/// Lives on a lane of its own, whose thread waits for the disk so that no other has to. One
/// connection; readers in other processes are never blocked, because the database keeps a
/// write-ahead log.
package actor SQLiteStore: HistoryStore {
  /// Where the database lies.
  package nonisolated let path: String

  private nonisolated let lane: Lane

  /// The connection; nil once closed, because GRDB traps on the use of a closed one.
  private var queue: DatabaseQueue?
  private var identifiers = Identifiers()
  private var synchronous = Synchronous.unknown

  /// Whether the log is about to be taken over into the database, and what rings then.
  private var isLogDue = false
  private var isLogPressing = false
  private var logAlarm: LaneTimer?

  /// SQLite's `data_version` when silences were last read.
  private var silencesVersion: Int64?

  /// When a commit returns.
  private enum Synchronous: String {
    /// As SQLite was built.
    case unknown
    /// Once the disk has it: it survives a power cut.
    case full = "FULL"
    /// Once the system has it: it survives the end of the process.
    case normal = "NORMAL"
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Opens the database at `path`; makes it where there is none, brings an older one up to date.
  ///
  /// `lane` is where the store works. Blocks for as long as that takes.
  package init(
    path: String, lane: Lane, limits: StoreLimits = StoreLimits()
  ) throws(StoreProblem) {
    self.path = path
    self.lane = lane
    let queue = try DatabaseFile.openForWriting(path, limits: limits)
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
    } catch {
      throw StoreProblem(error, at: path)
    }
    self.queue = queue
  }

  /// Everything the engine starts from: figures within `reach` of `now`, the last one before them,
  /// and the last one of an earlier value date.
  ///
  /// Costs the number of series times the figures within reach, never the length of history.
  package func load(reach: Lookback, now: Timestamp) throws(StoreProblem) -> StoredState {
    try reading { db in try StateQueries(db: db).state(within: reach, of: now) }
  }

  /// Commits a changeset in one transaction: all of it or nothing.
  ///
  /// May be called again with the same changeset after any error. A changeset that must survive a
  /// power cut waits for the disk.
  package func apply(_ changeset: Changeset) throws(StoreProblem) {
    var known = identifiers
    try writing(durably: changeset.mustSurvivePowerLoss) { db in
      var writer = ChangesetWriter(db: db, identifiers: known)
      try writer.write(changeset)
      known = writer.identifiers
    }
    identifiers = known
  }

  /// Stores imported history in one transaction: all of it or nothing.
  ///
  /// Only days before the oldest stored one are added; no stored row is changed, and a second import
  /// of the same adds nothing. `progress` is told how many of all figures are done, on the store's
  /// lane. Memory: a constant beside `history`.
  package func add(
    _ history: ImportedHistory, now: Timestamp,
    progress: @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws(StoreProblem) -> ImportOutcome {
    var known = identifiers
    var outcome = ImportOutcome()
    try writing(durably: true) { db in
      var writer = ImportWriter(db: db, identifiers: known)
      outcome = try writer.write(history, now: now, progress: progress)
      known = writer.identifiers
    }
    identifiers = known
    return outcome
  }

  /// The notifications of events, by sequence; those no longer stored are left out.
  package func notifications(
    of sequences: [Int64]
  ) throws(StoreProblem) -> [Int64: Notification] {
    try reading { db in
      let query = try db.prepared(
        "SELECT id, type, timestamp, data FROM told WHERE sequence = ?")
      var notifications: [Int64: Notification] = [:]
      for sequence in sequences {
        notifications[sequence] = try query.rows(sequence) { row in
          Notification(
            id: try row.text(0), type: try row.choice(1), timestamp: try row.instant(2),
            text: try row.jsonText(3))
        }.first
      }
      return notifications
    }
  }

  /// The silences and acknowledgements in force, where another connection has committed anything
  /// since they were last asked for; nil where none has.
  ///
  /// One pragma without a read of the disk where nothing changed.
  package func changedSuppressions(now: Timestamp) throws(StoreProblem) -> Suppressions? {
    let known = silencesVersion
    let answer = try reading { db -> (version: Int64?, suppressions: Suppressions?) in
      let version = try db.rows("PRAGMA data_version") { try $0.integer(0) }.first
      guard version != known else { return (version, nil) }
      return (version, try SilenceQueries(db: db).suppressions(at: now))
    }
    silencesVersion = answer.version
    return answer.suppressions
  }

  /// Answers once the lane and the database do: one page read, for the watchdog.
  package func answer() throws(StoreProblem) {
    try reading { db in try db.run("SELECT value FROM meta WHERE key = 'installation'") }
  }

  /// Forgets events told more than 30 days ago, with their deliveries, and gives how many.
  ///
  /// An event stays while a delivery is open or was attempted within those days, and the newest
  /// stays always, for its number. Looks at the oldest `StoreLimits.eventsPerPrune` at most.
  @discardableResult
  package func prune(now: Timestamp) throws(StoreProblem) -> Int {
    let horizon = (now - StoreLimits.eventRetention).milliseconds
    var forgotten = 0
    try writing(durably: false) { db in
      try db.run(
        """
        DELETE FROM event WHERE sequence IN (
          SELECT sequence FROM (
            SELECT sequence, timestamp FROM event ORDER BY sequence
            LIMIT \(StoreLimits.eventsPerPrune)
          ) AS old
          WHERE timestamp < ?1
            AND sequence < (SELECT max(sequence) FROM event)
            AND NOT EXISTS (
              SELECT 1 FROM delivery WHERE event_sequence = old.sequence AND state = 'open')
            AND NOT EXISTS (
              SELECT 1 FROM delivery_attempt WHERE event_sequence = old.sequence AND at >= ?1)
        )
        """, horizon)
      forgotten = db.changesCount
    }
    return forgotten
  }

  /// SQLite's `synchronous` level of the last commit: 2 when it waited for the disk, 1 when not.
  package func durability() throws(StoreProblem) -> Int64? {
    try reading { db in try db.rows("PRAGMA synchronous") { try $0.integer(0) }.first }
  }

  /// How often SQLite has planned a statement anew that was prepared before, of all that are kept:
  /// what should not happen once the database is open.
  package func replans() throws(StoreProblem) -> Int {
    do {
      return try connection().writeWithoutTransaction { db in
        var count = 0
        var next = sqlite3_next_stmt(db.sqliteConnection, nil)
        while let statement = next {
          count += Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0))
          next = sqlite3_next_stmt(db.sqliteConnection, statement)
        }
        return count
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  /// Closes the database; every later call but this throws.
  package func close() throws(StoreProblem) {
    logAlarm?.cancel()
    do { try queue?.close() } catch { throw StoreProblem(error, at: path) }
    queue = nil
  }

  // MARK: Transactions

  private func connection() throws(StoreProblem) -> DatabaseQueue {
    guard let queue else {
      throw StoreProblem(.permanent, "\(path): was closed; start fxwatch again")
    }
    return queue
  }

  /// One look at one state of the database.
  private func reading<Answer>(
    _ work: (Database) throws -> Answer
  ) throws(StoreProblem) -> Answer {
    do {
      return try connection().writeWithoutTransaction { db in
        try db.transaction(.deferred) { try work(db) }
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  /// One transaction; one that fails leaves nothing.
  private func writing(
    durably: Bool, _ work: (Database) throws -> Void
  ) throws(StoreProblem) {
    var logged = 0
    do {
      try connection().writeWithoutTransaction { db in
        let wanted = durably ? Synchronous.full : .normal
        if synchronous != wanted {
          try db.execute(sql: "PRAGMA synchronous = \(wanted.rawValue)")
          synchronous = wanted
        }
        try db.transaction(.immediate) { try work(db) }
        logged = Self.pagesLogged(db)
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
    noteLog(pages: logged)
  }

  // MARK: The log

  /// Has the log taken over once it has grown, but not right after the commit that made it grow.
  ///
  /// What is committed is durable in the log: whoever waits for the commit need not wait for the copy,
  /// nor whoever next reads what it is to tell.
  private func noteLog(pages: Int) {
    guard pages >= StoreLimits.pagesPerCheckpoint else { return }
    if pages >= StoreLimits.pagesAtMost, !isLogPressing {
      isLogPressing = true
      Task { takeOverLog() }
    }
    guard !isLogDue else { return }
    isLogDue = true
    let alarm =
      logAlarm
      ?? LaneTimer(on: lane) { [weak self] in self?.assumeIsolated { $0.takeOverLog() } }
    logAlarm = alarm
    alarm.arm(after: StoreLimits.checkpointDelay, leeway: .zero)
  }

  /// Copies what is in the log into the database, so that it begins anew.
  ///
  /// Where it fails nothing is lost: the log grows until it can be taken over, or until a commit says
  /// what is wrong.
  private func takeOverLog() {
    (isLogDue, isLogPressing) = (false, false)
    logAlarm?.disarm()
    try? queue?.writeWithoutTransaction { db in
      _ = try db.checkpoint(.passive)
      _ = Self.pagesLogged(db, startingAnew: true)
    }
  }

  /// Pages written to the log since it was last taken over.
  private static func pagesLogged(_ db: Database, startingAnew: Bool = false) -> Int {
    var pages: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(
      db.sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, startingAnew ? 1 : 0)
    return Int(pages)
  }
}
