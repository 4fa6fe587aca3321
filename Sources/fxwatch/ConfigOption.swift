import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The option `--config`, of every command.
struct ConfigOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The config file. Default: /etc/fxwatch/fxwatch.yaml, else etc/fxwatch.yaml in this directory.",
      valueName: "file"))
  var config: String?

  /// The path of the file to use.
  var file: String {
    config ?? ["/etc/fxwatch/fxwatch.yaml", "etc/fxwatch.yaml"].first {
      FileManager.default.fileExists(atPath: $0)
    } ?? "/etc/fxwatch/fxwatch.yaml"
  }

  /// Returns a context with the config; throws all problems of the file.
  func context(readsSavedBodies: Bool = false) throws -> CommandContext {
    try CommandContext(
      file: file, environment: ProcessInfo.processInfo.environment,
      readsSavedBodies: readsSavedBodies)
  }

  /// Returns a context for a command that needs only the state directory: problems of the file are a
  /// warning.
  func context(configMayBeInvalid: Bool) throws -> CommandContext {
    let environment = ProcessInfo.processInfo.environment
    do throws(CommandFailure) {
      return try CommandContext(file: file, environment: environment)
    } catch {
      guard configMayBeInvalid, error.status == 78,
        let context = try CommandContext(ofInvalidFile: file, environment: environment)
      else { throw error }
      Console.error(
        "warning: \(file) is invalid, see 'fxwatch check'; its sources, rules and"
          + " notifiers are left out here")
      return context
    }
  }
}
