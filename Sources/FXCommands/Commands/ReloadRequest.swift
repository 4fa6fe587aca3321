import FXConfig
package import FXDaemon
import FXSystem
import Foundation
import Glibc

/// Asks a running daemon to read its config again, and waits for the outcome.
package struct ReloadRequest: Sendable {
  /// The longest time of a reload: reading the config and the stored history that rules look back on.
  private static let patience: Duration = .seconds(30)

  private let pid: Int32
  private let directory: String

  /// True if the output of this command goes to the unit's journal, where the daemon writes it too.
  private let isInJournal: Bool

  /// A request to the daemon of that process; `file` is the config it runs with.
  ///
  /// Throws where the file is no YAML: its state directory is where the daemon is found.
  package init(pid: Int32, environment: [String: String], file: String) throws(CommandFailure) {
    self.pid = pid
    isInJournal = Journal.isStandardErrorConnected(environment: environment)
    if let runtime = environment["RUNTIME_DIRECTORY"] {
      directory = runtime
      return
    }
    do throws(ConfigProblems) {
      directory = try Setup.stateDirectory(ofFile: file, in: environment)
    } catch {
      throw .badConfig(error)
    }
  }

  /// Sends it and returns the daemon's answer; empty where the daemon writes it to the same journal.
  ///
  /// SIGHUP ends most programs, so it is sent to an fxwatch only. In the service's sandbox the
  /// daemon's name is hidden (ProtectProc=, across the user namespaces of PrivateUsers=); there
  /// only fxwatch's own processes can be signalled at all.
  package func send() throws(CommandFailure) -> String {
    let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm")
    guard name != nil || kill(pid, 0) == 0 else {
      throw .failed("no process \(pid); start fxwatch, or name its process with --pid")
    }
    guard name == nil || name == Data("fxwatch\n".utf8) else {
      throw .failed(
        "process \(pid) is not fxwatch; name the process of fxwatch with --pid")
    }
    let outcome: ReloadOutcome
    do throws(ReloadProblem) {
      outcome = try ReloadChannel(directory: directory).request(
        ofProcess: pid, patience: Self.patience)
    } catch {
      throw .failed(error.message)
    }
    let text = isInJournal ? "" : outcome.text
    guard outcome.exitStatus == 0 else { throw .ended(text, status: outcome.exitStatus) }
    return text
  }
}
