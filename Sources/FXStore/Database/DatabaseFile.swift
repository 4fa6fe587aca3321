import FXCore
import GRDB
import Glibc

/// The database file in the state directory, and the ways to open it.
///
/// SQLite's errors become a `StoreProblem` here and in `StoreProblem+SQLite.swift`; no type of GRDB
/// leaves the module.
enum DatabaseFile {
  /// Returns the path of a state directory's database.
  static func path(inStateDirectory directory: String) -> String {
    directory + "/fxwatch.db"
  }

  /// Opens the database for the daemon: creates it if it is missing, migrates an older one, and
  /// refuses another program's and one that is newer than this program.
  static func openForWriting(
    _ path: String, limits: StoreLimits
  ) throws(StoreProblem) -> DatabaseQueue {
    try refuseDirectory(at: path)
    try DatabaseMode.protect(path)
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(limits.lockWaitSeconds)
      configuration.label = "fxwatch.store"
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try refuseStrangers(db, at: path)
        try shrinkLater(db)
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        // Even if it is set: a file without write access is detected now, not at the first
        // publication.
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try db.execute(sql: "PRAGMA journal_size_limit = \(StoreLimits.logBytes)")
        if let pages = limits.maximumPages {
          try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
      }
      try Schema.migrator.migrate(queue)
      return queue
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  /// Lets the file shrink when rows are deleted: a new database, and an earlier one that is small.
  private static func shrinkLater(_ db: Database) throws {
    func number(_ pragma: String) throws -> Int64 {
      try Int64.fetchOne(db, sql: "PRAGMA \(pragma)") ?? 0
    }
    let pages = try number("page_count")
    guard try number("auto_vacuum") == 0, pages <= StoreLimits.pagesWrittenAnew else { return }
    try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
    if pages > 1 { try db.execute(sql: "VACUUM") }
  }

  /// Opens the database for reading: never changes it, and works beside a running daemon and in a
  /// directory without write access.
  static func openForReading(_ path: String) throws(StoreProblem) -> DatabaseQueue {
    guard access(path, F_OK) == 0 else {
      throw errno == EACCES
        ? StoreProblem(.permanent, "\(path): no read access for this user; run the command as root")
        : neverRun(path)
    }
    try refuseDirectory(at: path)
    do {
      let queue = try openReadOnly(path)
      try queue.read { db in
        try refuseStrangers(db, at: path)
        guard try Schema.migrator.hasCompletedMigrations(db) else { throw neverRun(path) }
      }
      return queue
    } catch {
      throw StoreProblem(error, at: path)
    }
  }

  /// Opens a connection that writes nothing, if possible not even the log's index.
  ///
  /// A database in use has a log and its index. If neither exists and neither can be created, no
  /// process is writing, and the file can be opened as immutable.
  private static func openReadOnly(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(StoreLimits().lockWaitSeconds)
    configuration.label = "fxwatch.history"
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
      && access(path + "-wal", F_OK) != 0
    {
      return try DatabaseQueue(
        path: "file:\(percentEncoded(path))?immutable=1", configuration: configuration)
    }
  }

  /// Throws if the path is a directory, which SQLite reports as a disk that cannot be read.
  static func refuseDirectory(at path: String) throws(StoreProblem) {
    guard access(path + "/.", F_OK) == 0 else { return }
    throw StoreProblem(
      .permanent,
      "\(path): is a directory; move it away, or set another directory under 'state' in the config"
    )
  }

  /// Throws if the database is another program's, or a newer fxwatch's.
  private static func refuseStrangers(_ db: Database, at path: String) throws {
    let mark = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let tables = try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard mark == Schema.applicationID || (mark == 0 && tables == 0) else {
      throw StoreProblem(
        .permanent,
        "\(path): is the database of another program; set another directory under 'state' in the "
          + "config")
    }
    guard try !Schema.migrator.hasBeenSuperseded(db) else {
      throw StoreProblem(
        .permanent,
        "\(path): was written by a newer fxwatch; run that version, or set another directory "
          + "under 'state' in the config")
    }
  }

  private static func neverRun(_ path: String) -> StoreProblem {
    StoreProblem(
      .permanent,
      "\(path): no history yet: the daemon of this version has not run with this state directory; "
        + "start it with 'fxwatch run', or set the right directory under 'state' in the config")
  }

  /// Returns a path in SQLite's URI syntax (https://www.sqlite.org/uri.html).
  private static func percentEncoded(_ path: String) -> String {
    var encoded = ""
    for character in path {
      switch character {
      case "?": encoded += "%3f"
      case "#": encoded += "%23"
      case "%": encoded += "%25"
      default: encoded.append(character)
      }
    }
    return encoded
  }
}
