package import FXCore
package import FXDaemon
import FXSources
import FXSystem
import Foundation

extension CommandContext {
  /// Stores the days of a source's archive files that are before its oldest stored day.
  ///
  /// In one transaction, and not while a daemon uses the state directory. Every file is read with the
  /// source's reader, or in a form in which its publisher offers history; of a zip archive, all files
  /// in it are read. `undated` is the day of files that print none. Blocks the calling thread for as
  /// long as it takes; `progress` is called now and then, on several threads but never at once.
  package func importArchives(
    of name: String, files: [String], undated: CalendarDay?,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws(CommandFailure) -> ImportSummary {
    let source = try source(named: name)
    // Reading may take for ever, from a pipe that nothing is written to: the state is not locked before
    // everything is read.
    if let holder = StateDirectoryLock.holder(ofDirectory: setup.stateDirectory) {
      throw .failed(
        "cannot import while a daemon runs: another fxwatch (pid \(holder)) already uses "
          + "'\(setup.stateDirectory)'; stop it first")
    }
    let now = SystemClock().now()
    var archives = ImportedFiles(
      definition: source, undated: undated, today: now.day, redaction: source.redaction(secrets),
      progress: progress)
    for file in files { try archives.read(file) }
    let zones = SystemZones()
    let history = archives.collection.history {
      source.schedule.presumedPublication(of: $0, zones: zones)
    }
    let lock = try lockState()
    let storeLock = try lockStore()
    defer { withExtendedLifetime((lock, storeLock)) {} }
    let outcome = try store(history, now: now, progress: progress)
    return ImportSummary(
      source: source.name, outcome: outcome, contradictions: archives.collection.contradictions,
      undated: archives.undatedFiles, passedOver: archives.passedOver,
      emptyDays: archives.passedOver.emptyDays.count { !archives.collection.contains($0) },
      change: lock.change)
  }

  private func lockState() throws(CommandFailure) -> StateDirectoryLock {
    do throws(StateDirectoryProblem) {
      return try StateDirectoryLock(directory: setup.stateDirectory)
    } catch {
      throw .failed("cannot import while a daemon runs: \(error.message)")
    }
  }

  private func lockStore() throws(CommandFailure) -> any StoreLock {
    do throws(StoreProblem) { return try setup.store.lock() } catch {
      throw .failed("cannot import: \(error.message)")
    }
  }

  private func store(
    _ history: ImportedHistory, now: Timestamp,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) throws(CommandFailure) -> ImportOutcome {
    defer { Self.giveToOwner(of: setup.stateDirectory) }
    do throws(StoreProblem) {
      return try setup.store.openForWriting(creating: true).add(history, now: now) { done, total in
        progress(.storing(done: done, of: total))
      }
    } catch {
      throw .failed(error.message)
    }
  }

  /// Gives the files of a state directory to its owner: root may import for a daemon that runs as
  /// another user.
  private static func giveToOwner(of directory: String) {
    let files = FileManager.default
    guard geteuid() == 0, let attributes = try? files.attributesOfItem(atPath: directory),
      let owner = attributes[.ownerAccountID], let group = attributes[.groupOwnerAccountID],
      let names = try? files.contentsOfDirectory(atPath: directory)
    else { return }
    for name in names {
      try? files.setAttributes(
        [.ownerAccountID: owner, .groupOwnerAccountID: group], ofItemAtPath: "\(directory)/\(name)")
    }
  }
}
