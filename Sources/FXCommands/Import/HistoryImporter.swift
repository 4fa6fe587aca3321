package import FXCore
package import FXDaemon
import FXSources
import FXSystem
import Foundation

extension CommandContext {
  /// Stores what files of a source's archive say of the days before its oldest stored one.
  ///
  /// All of it or nothing, and not while a daemon uses the state directory. Every file is read with
  /// the source's reader, or in a form its publisher offers history in; a zip archive stands for the
  /// files in it. `undated` is the day of files that print none. Blocks the calling thread for as
  /// long as it takes; `progress` is told now and then, on several threads but never at once.
  package func importArchives(
    of name: String, files: [String], undated: CalendarDay?,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws(CommandFailure) -> ImportSummary {
    guard let source = setup.sources.first(where: { $0.name.text == name }) else {
      let names = setup.sources.map(\.name.text)
      throw .failed(
        "there is no source '\(name)' in \(setup.file); it has \(names.joined(separator: ", "))"
          + NearestName.suggestion(for: name, among: names))
    }
    let lock = try lockState()
    defer { withExtendedLifetime(lock) {} }
    let now = SystemClock().now()
    var archives = ImportedFiles(
      definition: source, undated: undated, today: now.day, progress: progress)
    for file in files { try archives.read(file) }
    let zones = SystemZones()
    let history = archives.collection.history {
      source.schedule.presumedPublication(of: $0, zones: zones)
    }
    let outcome = try store(history, now: now, progress: progress)
    return ImportSummary(
      source: source.name, outcome: outcome, contradictions: archives.collection.contradictions,
      undated: archives.undatedFiles)
  }

  private func lockState() throws(CommandFailure) -> StateDirectoryLock {
    do throws(StateDirectoryProblem) {
      return try StateDirectoryLock(directory: setup.stateDirectory)
    } catch {
      throw .failed("nothing is imported while a daemon runs: \(error.message)")
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

  /// Gives the files of a state directory to whom the directory belongs: root may import for a daemon
  /// that runs as another user.
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
