import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The option `--config`, of every command.
struct ConfigOption: ParsableArguments {
  /// The variable that names the config file if no option does.
  private static let variable = "FXWATCH_CONFIG"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The config file; - for standard input. Default: $FXWATCH_CONFIG, else"
        + " /etc/fxwatch/fxwatch.yaml, else fxwatch.yaml or etc/fxwatch.yaml in this directory.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  /// The path of the file to use.
  var file: String { Self.file(named: config) }

  /// Indicates whether a file is named, so that it must exist.
  var isNamed: Bool { config != nil || Self.fileOfEnvironment != nil }

  /// Returns the path of the file to use: the one that is named, else the default.
  static func file(named name: String?) -> String {
    name ?? fileOfEnvironment
      ?? ["/etc/fxwatch/fxwatch.yaml", "fxwatch.yaml", "etc/fxwatch.yaml"].first {
        FileManager.default.fileExists(atPath: $0)
      } ?? "/etc/fxwatch/fxwatch.yaml"
  }

  private static var fileOfEnvironment: String? {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
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
