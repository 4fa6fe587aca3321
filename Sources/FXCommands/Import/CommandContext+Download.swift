package import FXCore
package import FXDaemon
import FXSources
import FXSystem
import Foundation

extension CommandContext {
  /// The pause between two requests to a publisher's archive.
  private static let pause: Duration = .seconds(1)

  /// Fetches the archive of a source from a day on into files of the state directory, and returns their
  /// paths, the newest first.
  ///
  /// Files that are there already are not fetched again, so that a later call goes on where one was
  /// interrupted; only the part with the current day is. A day for which the publisher answers 404
  /// has an empty file.
  package func downloadArchive(
    of name: String, since first: CalendarDay,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws(CommandFailure) -> [String] {
    let source = try source(named: name)
    let today = SystemClock().now().day
    guard first <= today else { throw .usage("--since: \(first) is after today, \(today)") }
    let parts: [SourceDefinition.ArchiveRequest]?
    do throws(SecretProblem) {
      parts = try source.archiveRequests(
        of: first...today, zones: SystemZones(), secrets: secrets)
    } catch {
      throw .failed(error.message)
    }
    guard let parts else {
      throw .failed(
        "\(name) has no archive that fxwatch knows; save files of its publisher and import them:"
          + " fxwatch import \(name) FILE…")
    }
    let folder = "\(setup.stateDirectory)/archive/\(name)"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failed("cannot create '\(folder)': \(error.localizedDescription)")
    }
    var files: [String] = []
    let pauses = Pauses()
    for (index, part) in parts.enumerated() {
      progress(.fetching(done: index, of: parts.count))
      let file = "\(folder)/\(part.days.lowerBound)_\(part.days.upperBound)"
      if part.days.upperBound >= today || !FileManager.default.fileExists(atPath: file) {
        try await fetch(part.request, to: file, done: index, of: parts.count)
        if index + 1 < parts.count, !source.allowPrivate { await pauses.wait(Self.pause) }
      }
      if size(of: file) > 0 { files.append(file) }
    }
    return files
  }

  private func size(of file: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return attributes?[.size] as? Int ?? 0
  }

  private func fetch(
    _ request: HTTPRequest, to file: String, done: Int, of count: Int
  ) async throws(CommandFailure) {
    let reason: String
    do {
      let response = try await send(request)
      let isMissing = response.status == 404
      if isMissing || response.status == 200 {
        try Data(isMissing ? [] : response.body).write(
          to: URL(filePath: file), options: .atomic)
        return
      }
      reason = "the server answered HTTP \(response.status)"
    } catch let failure as HTTPFailure {
      reason = failure.sentence
    } catch {
      reason = error.localizedDescription
    }
    throw .failed(
      "\(reason); \(done) of \(count) parts of the archive are fetched, and the same command goes on"
        + " from there")
  }
}
