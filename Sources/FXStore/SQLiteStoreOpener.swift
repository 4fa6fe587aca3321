package import FXCore
import FXSystem

/// Opens the SQLite database in a state directory.
package struct SQLiteStoreOpener: StoreOpener {
  /// The path of the database file.
  package let path: String

  /// Creates an opener of a state directory's database; opens nothing yet.
  package init(stateDirectory: String) {
    path = DatabaseFile.path(inStateDirectory: stateDirectory)
  }

  package var location: String { path }

  package func lock() throws(StoreProblem) -> any StoreLock { try DatabaseLock(path: path) }

  package func openForEngine() async throws(StoreProblem) -> any EngineStore {
    let lane = Lane(label: "store")
    return try await withTaskExecutorPreference(lane) { () throws(StoreProblem) in
      try await Self.open(path, on: lane)
    }
  }

  package func openForReading() throws(StoreProblem) -> any HistoryReading {
    try SQLiteHistory(path: path)
  }

  package func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting {
    try SQLiteCommands(path: path, creating: creating)
  }

  package func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying {
    try SQLiteTables(path: path, creating: creating)
  }

  package func backUp(
    to file: String, progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) {
    try DatabaseBackup(source: path, destination: file).make(progress: progress)
  }

  /// Opens the database on the store's lane: a migration blocks its thread.
  @concurrent private static func open(
    _ path: String, on lane: Lane
  ) async throws(StoreProblem) -> SQLiteStore {
    try SQLiteStore(path: path, lane: lane)
  }
}
