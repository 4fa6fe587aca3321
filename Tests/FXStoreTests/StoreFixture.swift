import FXCore
import FXStore
import FXSystem
import Foundation
import GRDB
import StoreSuite

/// A directory of its own for a database; deleted with the value.
final class StoreFixture: Sendable {
  let directory: String
  let path: String

  init() throws {
    directory = NSTemporaryDirectory() + "fxwatch-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    path = SQLiteStoreOpener(stateDirectory: directory).path
  }

  /// The way commands and the daemon open it.
  var opener: SQLiteStoreOpener { SQLiteStoreOpener(stateDirectory: directory) }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Opens the database as the daemon does; no waiting for locks.
  func store(maximumPages: Int? = nil) throws(StoreProblem) -> SQLiteStore {
    var limits = StoreLimits()
    limits.lockWaitSeconds = 0
    limits.maximumPages = maximumPages
    return try SQLiteStore(path: path, lane: Lane(label: "test"), limits: limits)
  }

  /// Opens the database as a command does.
  func reader() throws(StoreProblem) -> SQLiteHistory { try SQLiteHistory(path: path) }

  /// Opens the database as a command that writes does.
  func commands(creating: Bool = false) throws(StoreProblem) -> SQLiteCommands {
    try SQLiteCommands(path: path, creating: creating)
  }

  /// Opens the database as another program does.
  func stranger() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Creates the database of `Databases/version-2.sql`: one of each kind of row, as that version
  /// wrote them.
  func createVersion2() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Databases/version-2.sql")
    let sql = try String(contentsOf: file, encoding: .utf8)
    try await stranger().writeWithoutTransaction { db in try db.execute(sql: sql) }
  }
}
