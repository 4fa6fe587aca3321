import FXConfig
import FXCore
package import FXDaemon
import FXSystem

/// Asks the running daemon for its status.
package struct StatusRequest: Sendable {
  /// The time the daemon may take to answer; normally milliseconds.
  private static let patience: Duration = .seconds(5)

  private let directory: String

  /// A request to the daemon that runs with this config file.
  ///
  /// Of the file only the state directory is read: a config that has become invalid since the daemon
  /// started does not matter. Throws where the file is no YAML.
  package init(environment: [String: String], file: String) throws(CommandFailure) {
    do throws(ConfigProblems) {
      directory = try Setup.stateDirectory(ofFile: file, in: environment)
    } catch {
      throw .badConfig(error)
    }
  }

  /// A request to the daemon that uses this state directory.
  package init(stateDirectory: String) { directory = stateDirectory }

  /// Returns the daemon's status; throws with exit status 2, critical, where none answers.
  package func send() throws(CommandFailure) -> StatusReport {
    let answer: [UInt8]
    do throws(ControlProblem) {
      answer = try ControlClient(directory: directory).answer(
        to: DaemonStatus.request, patience: Self.patience)
    } catch {
      throw .ended(sentence(for: error), status: ServiceState.critical.exitStatus)
    }
    guard let status = try? JSONReader.read(answer), let report = StatusReport(status) else {
      throw .ended(otherVersion, status: ServiceState.critical.exitStatus)
    }
    return report
  }

  private var otherVersion: String {
    "the running fxwatch is of another version than this command (\(Version.text)); restart it"
  }

  private func sentence(for problem: ControlProblem) -> String {
    switch problem {
    case .notRunning:
      guard let process = StateDirectoryLock.holder(ofDirectory: directory) else {
        return "fxwatch is not running with the state directory '\(directory)'; start it with"
          + " 'systemctl start fxwatch' or 'fxwatch run', or name its config with --config"
      }
      return "fxwatch (pid \(process)) has no control socket in '\(directory)'; see its log, or"
        + " restart it if it is an older version"
    case .notPermitted:
      return "no permission to ask fxwatch in '\(directory)'; run the command as root or as the"
        + " user of the service"
    case .noAnswer:
      return "fxwatch did not answer within \(Self.patience.components.seconds) s; see its log, and"
        + " restart it if it hangs"
    case .unknownRequest: return otherVersion
    case .failed(let error): return "cannot ask fxwatch in '\(directory)' (\(error))"
    }
  }
}
