/// Why a command could not do what it was asked: what to print, and how the process ends.
package struct CommandFailure: Error, Hashable, Sendable {
  /// One sentence, or one a line.
  package let message: String

  /// The exit status that scripts rely on.
  package let status: Int32

  /// It ran and something failed: 1.
  package static func failed(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 1)
  }

  /// What was typed cannot be meant: 2.
  package static func usage(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 2)
  }

  /// The config is bad: 78 (EX_CONFIG of sysexits.h).
  package static func badConfig(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 78)
  }

  /// What surrounds it does not let it run, and another attempt would find the same: 78 too, on which
  /// the service is not restarted.
  package static func unusable(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: 78)
  }

  /// The daemon's own words on how it ended.
  package static func ended(_ message: String, status: Int32) -> CommandFailure {
    CommandFailure(message: message, status: status)
  }
}
