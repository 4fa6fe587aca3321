import FXConfig
package import FXDaemon
import FXSystem
import Foundation
import Glibc

/// Asks a running daemon to read its config again, and waits for the outcome.
package struct ReloadRequest: Sendable {
  /// How long a reload may take: reading the config and the state the rules look back on.
  private static let patience: Duration = .seconds(30)

  private let pid: Int32
  private let directory: String

  /// Whether what this command prints goes where the daemon's own words already stand: the unit's
  /// journal.
  private let isInJournal: Bool

  /// A request to the daemon of that process; `file` is the config it runs with.
  ///
  /// Throws what is wrong with the file where it does not even say in which state directory the
  /// daemon is to be found.
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
      throw .badConfig(error.description)
    }
  }

  /// Sends it; gives back what is live now, or nothing where the daemon has said it in the same
  /// journal.
  ///
  /// SIGHUP ends most programs, so that it is sent to an fxwatch only. In the service's sandbox the
  /// daemon's name is hidden (ProtectProc=, across the user namespaces of PrivateUsers=); there only
  /// what is fxwatch's own can be signalled at all.
  package func send() throws(CommandFailure) -> String {
    let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm")
    guard name != nil || kill(pid, 0) == 0 else {
      throw .failed("there is no process \(pid); is fxwatch running?")
    }
    guard name == nil || name == Data("fxwatch\n".utf8) else {
      throw .failed(
        "process \(pid) is not fxwatch, and is left alone; name fxwatch's own with --pid")
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
