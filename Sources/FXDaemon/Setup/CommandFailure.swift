package import FXConfig
import FXCore

/// The failure of a command: the message to print and the exit status.
package struct CommandFailure: Error, Hashable, Sendable {
  /// One sentence, or one a line.
  package let message: String

  /// The exit status that scripts rely on.
  package let status: Int32

  /// It ran and something failed: 1.
  package static func failed(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 1)
  }

  /// Usage error: 2.
  package static func usage(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 2)
  }

  /// Invalid config: 78 (EX_CONFIG of sysexits.h); 1 if another attempt may succeed.
  package static func badConfig(_ problems: ConfigProblems) -> CommandFailure {
    CommandFailure(message: problems.description, status: problems.areTransient ? 1 : 78)
  }

  /// The environment does not let it run, and another attempt would fail the same way: 78 too, on
  /// which systemd does not restart the service.
  package static func unusable(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 78)
  }

  /// The store does not let the daemon start: 78 unless another attempt may succeed.
  static func failedStart(_ problem: StoreProblem) -> CommandFailure {
    problem.kind == .permanent ? .unusable(problem.message) : .failed(problem.message)
  }

  /// A message and an exit status that come from the daemon.
  package static func ended(_ message: String, status: Int32) -> CommandFailure {
    CommandFailure(message: message, status: status)
  }
}
