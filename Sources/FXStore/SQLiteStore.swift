package import FXCore
package import FXSystem
import GRDB
import GRDBSQLite

/// History, alert states and the outbox in one SQLite file, as the daemon uses it.
///
/// Runs on a lane of its own, whose thread waits for the disk so that no other has to. It has one
/// connection; readers in other processes are never blocked, because the database has a write-ahead
/// log. It has more than ten properties: besides the connection and what is known of the tables, those
/// of the checkpoints.
package actor SQLiteStore: EngineStore {
  /// The path of the database file.
  package nonisolated let path: String

  private nonisolated let lane: Lane

  /// The connection; nil once closed, because GRDB traps on the use of a closed one.
  private var queue: DatabaseQueue?
  private var identifiers = Identifiers()
  private let epoch: EpochFile

  /// The text that identifies the installation; nil before the state is loaded.
  private var installation: String?
  private var synchronous = Synchronous.unknown

  /// True while a checkpoint is scheduled, and while one is to run at once.
  private var isCheckpointDue = false
  private var isCheckpointUrgent = false
  private var checkpointAlarm: LaneTimer?

  /// The walk of `prune` through the tables.
  private var round = PruneRound()

  /// SQLite's `data_version` when suppressions were last read.
  private var suppressionsVersion: Int64?

  /// The time a commit returns.
  private enum Synchronous: String {
    /// SQLite's default.
    case unknown
    /// Once the disk has it: it survives a power cut.
    case full = "FULL"
    /// Once the system has it: it survives the end of the process.
    case normal = "NORMAL"
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Opens the database at `path`; creates it if it is missing, and migrates an older one.
  ///
  /// The store runs on `lane`. Blocks the calling thread for as long as the migration takes.
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
    epoch = EpochFile(ofDatabase: path)
  }

  // MARK: EngineStore

  package func load(reach: StoredReach, now: Timestamp) throws(StoreProblem) -> StoredState {
    let installation = try reading { db in try StateQueries(db: db).installation() }
    self.installation = installation
    let known = epoch.latestEvent(of: installation)
    let state = try reading { db in
      try StateQueries(db: db).state(within: reach, of: now, known: known)
    }
    // The number before a rewind is kept until the rewind is reported, which is an event.
    if state.rewind == nil { epoch.write(state.latestEvent, of: installation) }
    return state
  }

  package func firings(of alerts: [String]) throws(StoreProblem) -> [String: JSONText] {
    try reading { db in try AlertQueries(db: db).firings(of: alerts) }
  }

  package func apply(_ changeset: Changeset) throws(StoreProblem) {
    var used = identifiers
    try writing(durably: changeset.mustSurvivePowerLoss) { db in
      var writer = ChangesetWriter(db: db, identifiers: used)
      try writer.write(changeset)
      used = writer.identifiers
    }
    identifiers = used
    if let latest = changeset.events.last?.sequence, let installation {
      epoch.write(latest, of: installation)
    }
  }

  package func notifications(
    of sequences: [Int64]
  ) throws(StoreProblem) -> [Int64: Notification] {
    try reading { db in try EventQueries(db: db).notifications(of: sequences) }
  }

  package func openDeliveries(_ query: OutboxQuery) throws(StoreProblem) -> OutboxPage {
    try reading { db in try OutboxQueries(db: db).page(query) }
  }

  /// Returns the current silences and acknowledgements if another connection has committed anything
  /// since the last call.
  ///
  /// One pragma without a read of the disk if nothing changed.
  package func changedSuppressions(now: Timestamp) throws(StoreProblem) -> Suppressions? {
    let known = suppressionsVersion
    let answer = try reading { db -> (version: Int64?, suppressions: Suppressions?) in
      let version = try db.first("PRAGMA data_version") { try $0.integer("data_version") }
      guard version != known else { return (version, nil) }
      return (version, try SuppressionQueries(db: db).suppressions(at: now))
    }
    suppressionsVersion = answer.version
    return answer.suppressions
  }

  package func waiting() throws(StoreProblem) -> [String: Int] {
    try reading { db in try OutboxQueries(db: db).waiting() }
  }

  package func openDeliveries(
    among sequences: [Int64], of notifier: String
  ) throws(StoreProblem) -> Set<Int64> {
    try reading { db in try OutboxQueries(db: db).open(among: sequences, of: notifier) }
  }

  /// Returns once the lane and the database respond: one page is read.
  package func answer() throws(StoreProblem) {
    try reading { db in try db.run("SELECT value FROM meta WHERE key = 'installation'") }
  }

  /// Continues the walk through the tables until something is deleted, or for `StoreLimits.pruneTime`.
  @discardableResult
  package func prune(
    _ retention: Retention, now: Timestamp
  ) throws(StoreProblem) -> PruneOutcome {
    var outcome = PruneOutcome(deleted: 0, isComplete: false)
    let clock = SystemClock()
    let start = clock.monotonic()
    while outcome.deleted == 0, !outcome.isComplete,
      clock.monotonic() - start < StoreLimits.pruneTime
    {
      var next = round
      try writing(durably: false) { db in
        outcome.deleted = try next.step(db, retention, now: now)
      }
      outcome.isComplete = next.isComplete
      round = next.isComplete ? PruneRound(after: next) : next
    }
    return outcome
  }

  package func retentionTime() throws(StoreProblem) -> Timestamp? {
    try reading { db in try PruneWriter(db: db).retentionTime() }
  }

  // MARK: For tests and measurements

  /// Returns SQLite's `synchronous` level of the last commit: 2 if it waited for the disk, 1 if not.
  package func durability() throws(StoreProblem) -> Int64? {
    try reading { db in try db.first("PRAGMA synchronous") { try $0.integer("synchronous") } }
  }

  /// Returns how often SQLite has planned prepared statements again: 0 is expected once the database
  /// is open.
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

  /// Closes the database; every later call but this one throws.
  package func close() throws(StoreProblem) {
    checkpointAlarm?.cancel()
    do { try queue?.close() } catch { throw StoreProblem(error, at: path) }
    queue = nil
  }

  // MARK: Transactions

  private func connection() throws(StoreProblem) -> DatabaseQueue {
    guard let queue else {
      throw StoreProblem(.permanent, "\(path): is closed; restart fxwatch")
    }
    return queue
  }

  /// Reads one consistent state of the database.
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

  /// Runs one transaction; one that fails changes nothing.
  private func writing(
    durably: Bool, _ work: (Database) throws -> Void
  ) throws(StoreProblem) {
    var logged = 0
    do {
      try connection().writeWithoutTransaction { db in
        let required = durably ? Synchronous.full : .normal
        if synchronous != required {
          try db.execute(sql: "PRAGMA synchronous = \(required.rawValue)")
          synchronous = required
        }
        try db.transaction(.immediate) { try work(db) }
        logged = Self.pagesLogged(db)
      }
    } catch {
      throw StoreProblem(error, at: path)
    }
    scheduleCheckpoint(pages: logged)
  }

  // MARK: Checkpoints

  /// Schedules a checkpoint once the log has grown, but not right after the commit that made it grow.
  ///
  /// The commit is durable in the log: neither its caller nor the deliveries it starts have to wait
  /// for the copy.
  private func scheduleCheckpoint(pages: Int) {
    guard pages >= StoreLimits.pagesPerCheckpoint else { return }
    if pages >= StoreLimits.pagesAtMost, !isCheckpointUrgent {
      isCheckpointUrgent = true
      Task { checkpoint() }
    }
    guard !isCheckpointDue else { return }
    isCheckpointDue = true
    let alarm =
      checkpointAlarm
      ?? LaneTimer(on: lane) { [weak self] in self?.assumeIsolated { $0.checkpoint() } }
    checkpointAlarm = alarm
    alarm.arm(after: StoreLimits.checkpointDelay, leeway: .zero)
  }

  /// Copies the log into the database, so that it starts again from its beginning.
  ///
  /// If it fails nothing is lost: the log grows until a checkpoint succeeds, or until a commit reports
  /// the error.
  private func checkpoint() {
    (isCheckpointDue, isCheckpointUrgent) = (false, false)
    checkpointAlarm?.disarm()
    try? queue?.writeWithoutTransaction { db in
      _ = try db.checkpoint(.passive)
      _ = Self.pagesLogged(db, startingAnew: true)
    }
  }

  /// Returns the number of pages written to the log since the last checkpoint.
  private static func pagesLogged(_ db: Database, startingAnew: Bool = false) -> Int {
    var pages: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(
      db.sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, startingAnew ? 1 : 0)
    return Int(pages)
  }
}
