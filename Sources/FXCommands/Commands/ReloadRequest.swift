import FXConfig
package import FXDaemon
import FXSystem

/// Asks a running daemon to read its config again, and waits for the outcome.
package struct ReloadRequest: Sendable {
  /// The longest time of a reload: reading the config and the stored history that rules look back on.
  private static let patience: Duration = .seconds(30)

  private let pid: Int32
  private let directory: String

  /// True if the output of this command goes to the unit's journal, where the daemon writes it too.
  private let isInJournal: Bool

  /// A request to the daemon of that process, nil for the one that uses the state directory of the
  /// config; `file` is the config it runs with.
  ///
  /// Throws where the file is no YAML: its state directory is where the daemon is found; and where no
  /// daemon can have that identifier: 0 and negative ones are groups of processes, 1 is the system's.
  package init(pid: Int32?, environment: [String: String], file: String) throws(CommandFailure) {
    if let pid, pid <= 1 {
      throw .usage("\(pid) is not the process of a daemon; name that of fxwatch run")
    }
    isInJournal = Journal.isConnected(environment: environment)
    if let pid, let runtime = environment["RUNTIME_DIRECTORY"] {
      self.pid = pid
      directory = runtime
      return
    }
    let state: String
    do throws(ConfigProblems) {
      state = try Setup.stateDirectory(ofFile: file, in: environment)
    } catch {
      throw .badConfig(error)
    }
    directory = environment["RUNTIME_DIRECTORY"] ?? state
    guard let pid = pid ?? StateDirectoryLock.holder(ofDirectory: state) else {
      throw .failed(
        "fxwatch is not running with the state directory '\(state)'; start it, or name its config with"
          + " --config")
    }
    self.pid = pid
  }

  /// Sends it and returns the daemon's answer; empty where the daemon writes it to the same journal.
  package func send() throws(CommandFailure) -> String {
    let outcome: ReloadOutcome
    do throws(ReloadProblem) {
      let process = try DaemonProcess(pid)
      outcome = try ReloadChannel(directory: directory).request(
        ofProcess: pid, patience: Self.patience, hangUp: process.hangUp)
    } catch {
      throw .failed(error.message)
    }
    let text = isInJournal ? "" : outcome.text
    guard outcome.exitStatus == 0 else { throw .ended(text, status: outcome.exitStatus) }
    return text
  }
}
